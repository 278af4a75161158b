package dev.polyphony.budgets;

import dev.polyphony.budgets.Budgets.BudgetGuard;
import dev.polyphony.budgets.Budgets.Denied;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.TenantId;
import static dev.polyphony.budgets.BudgetExamples.ACME;
import static dev.polyphony.budgets.BudgetExamples.FIXER;
import static dev.polyphony.budgets.BudgetExamples.MIDNIGHT;
import static dev.polyphony.budgets.BudgetExamples.TODAY;
import static dev.polyphony.budgets.BudgetExamples.daily;
import static dev.polyphony.budgets.BudgetExamples.limits;
import static dev.polyphony.budgets.BudgetExamples.perRun;
import static dev.polyphony.budgets.BudgetExamples.spent;
import static dev.polyphony.budgets.BudgetExamples.tellExhausted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.axonframework.commandhandling.CommandMessage;
import org.junit.jupiter.api.Test;

class CountedBudgetsTest {
    private static final BudgetLimits THOUSAND = limits(1000, null);
    private static final BudgetId THE_RUN = new BudgetId("per-run", ACME, "run:review-1", "all");
    private final RuntimeException gone = new IllegalStateException("the database is gone");

    private final RememberedLedger ledger = new RememberedLedger();
    private final RecordedHistory history = new RecordedHistory();
    private final List<CommandMessage<?>> told = history.told();
    private Instant now = MIDNIGHT.minusSeconds(60);

    @Test
    void letsSpendWhatIsThere() {
        BudgetGuard purse = budgets(daily(THOUSAND)).of(FIXER);

        assertThat(purse.denial()).isNull();
        purse.pay(spent(999, "0.5"));

        assertThat(purse.denial()).isNull();
        assertThat(ledger.of(TODAY)).isEqualTo(spent(999, "0.5"));
        assertThat(told).isEmpty();
    }

    @Test
    void refusesWhenAllIsSpentAndSaysWhoseAndUntilWhen() {
        BudgetGuard purse = budgets(daily(THOUSAND)).of(FIXER);
        purse.pay(spent(1204, "0.5"));

        Denied denial = Objects.requireNonNull(purse.denial());

        assertThat(denial.reason())
                .isEqualTo("The budget 'daily' of tenant acme is used up: 1204 of 1000 tokens are spent."
                        + " It is renewed at 2026-11-26T00:00:00Z.");
        assertThat(denial.renewedIn()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void refusesByCostAndByTheWholeLifeOfARun() {
        BudgetGuard purse = budgets(daily(THOUSAND), perRun(limits(null, "0.25"))).of(FIXER);
        purse.pay(spent(10, "0.10"));
        assertThat(purse.denial()).isNull();
        purse.pay(spent(10, "0.15"));

        Denied denial = Objects.requireNonNull(purse.denial());

        assertThat(denial.reason())
                .isEqualTo("The budget 'per-run' of run review-1 is used up: 0.25 of 0.25 US dollars are spent."
                        + " It is not renewed.");
        assertThat(denial.renewedIn()).isNull();
        assertThat(ledger.of(THE_RUN)).isEqualTo(ledger.of(TODAY));
    }

    @Test
    void beginsAnewWithThePeriod() {
        BudgetGuard purse = budgets(daily(THOUSAND)).of(FIXER);
        purse.pay(spent(1000, "0"));
        assertThat(purse.denial()).isNotNull();

        now = MIDNIGHT;

        assertThat(purse.denial()).isNull();
    }

    @Test
    void limitsNobodyWhomNoRuleMeans() {
        CountedBudgets budgets = budgets(
                new BudgetRule("daily", BudgetScope.TENANT, new TenantId("other"), null, BudgetPeriod.DAY, THOUSAND));

        assertThat(budgets.of(null)).isSameAs(BudgetGuard.BOTTOMLESS);
        assertThat(budgets.of(FIXER)).isSameAs(BudgetGuard.BOTTOMLESS);
        assertThat(budgets(perRun(THOUSAND)).of(new Spender(ACME, null, null))).isSameAs(BudgetGuard.BOTTOMLESS);
    }

    @Test
    void tellsTheHistoryAtTheCallThatUsedItUp() {
        BudgetGuard purse = budgets(daily(THOUSAND)).of(FIXER);
        purse.pay(spent(900, "0"));
        purse.pay(spent(104, "0"));
        purse.pay(spent(10, "0"));

        assertThat(told).hasSize(1);
        assertThat(told.getFirst().getPayload()).isEqualTo(tellExhausted(THOUSAND, spent(1004, "0")));
        assertThat(MessageOrigin.of(told.getFirst().getMetaData()))
                .isEqualTo(new MessageOrigin(ACME, "system:budgets", "request-7", "request-7"));
    }

    @Test
    void tellsItWithTheNextRefusalWhenTheHistoryDidNotHearIt() {
        BudgetGuard purse = budgets(daily(THOUSAND)).of(FIXER);
        history.listensNot(gone);
        purse.pay(spent(1004, "0"));
        assertThat(purse.denial()).isNotNull();
        assertThat(told).isEmpty();

        history.listensNot(null);

        assertThat(purse.denial()).isNotNull();
        assertThat(told).hasSize(1);
        assertThat(purse.denial()).isNotNull();
        assertThat(told).as("what the history knows").hasSize(1);
    }

    @Test
    void tellsItAgainWhenARaisedLimitIsReachedToo() {
        budgets(daily(THOUSAND)).of(FIXER).pay(spent(1004, "0"));
        BudgetGuard raised = budgets(daily(limits(2000, null))).of(FIXER);
        assertThat(raised.denial()).isNull();
        assertThat(told).hasSize(1);

        raised.pay(spent(1000, "0"));

        assertThat(told).hasSize(2);
        assertThat(told.getLast().getPayload()).isEqualTo(tellExhausted(limits(2000, null), spent(2004, "0")));
    }

    @Test
    void tellsOfALoweredLimitWhenACallIsRefusedForIt() {
        budgets(daily(limits(2000, null))).of(FIXER).pay(spent(1004, "0"));
        assertThat(told).isEmpty();

        assertThat(budgets(daily(THOUSAND)).of(FIXER).denial()).isNotNull();

        assertThat(told).hasSize(1);
        assertThat(told.getFirst().getPayload()).isEqualTo(tellExhausted(THOUSAND, spent(1004, "0")));
    }

    @Test
    void tellsOfABudgetOfNothing() {
        assertThat(budgets(daily(limits(0, null))).of(FIXER).denial()).isNotNull();

        assertThat(told).hasSize(1);
    }

    @Test
    void letsNobodySpendUncounted() {
        BudgetGuard purse = budgets(daily(THOUSAND)).of(FIXER);
        ledger.isAway(gone);

        assertThatThrownBy(purse::denial).isSameAs(gone);
    }

    @Test
    void countsLaterWhatItCouldNotCountWhenItWasSpent() {
        CountedBudgets budgets = budgets(daily(THOUSAND));
        ledger.isAway(gone);
        budgets.of(FIXER).pay(spent(600, "0"));
        budgets.of(FIXER).pay(spent(600, "0"));
        assertThatThrownBy(budgets.of(FIXER)::denial).isSameAs(gone);

        ledger.isAway(null);

        assertThat(budgets.of(FIXER).denial().reason()).contains("1200 of 1000 tokens");
        assertThat(told).hasSize(1);
        assertThat(budgets.of(FIXER).denial().reason()).contains("1200 of 1000 tokens");
    }

    @Test
    void countsForACallerWhoIsInterruptedAndLeavesThemSo() {
        BudgetGuard purse = budgets(daily(THOUSAND)).of(FIXER);
        Thread.currentThread().interrupt();

        purse.pay(spent(600, "0"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ledger.of(TODAY)).isEqualTo(spent(600, "0"));
    }

    @Test
    void looksNothingUpForNothing() {
        budgets(daily(THOUSAND)).of(FIXER).pay(Spending.NOTHING);

        assertThat(ledger.of(TODAY)).isEqualTo(Spending.NOTHING);
        assertThat(told).isEmpty();
    }

    @Test
    void showsWhatIsLeft() {
        List<BudgetRule> rules = List.of(daily(THOUSAND), perRun(limits(null, "0.25")));
        BudgetQueries board = new BudgetQueries(rules, ledger, clock());
        assertThat(board.of(ACME, 10)).hasSize(1).first().satisfies(card -> {
            assertThat(card.owner()).isEqualTo("tenant:acme");
            assertThat(card.remaining()).isEqualTo(THOUSAND);
            assertThat(card.exhausted()).isFalse();
            assertThat(card.lastSpentAt()).isNull();
        });

        budgets(daily(THOUSAND), perRun(limits(null, "0.25"))).of(FIXER).pay(spent(100, "0.30"));

        assertThat(board.of(ACME, 10))
                .extracting(BudgetView::remaining)
                .containsExactly(limits(900, null), limits(null, "0"));
        assertThat(board.of(ACME, 10)).extracting(BudgetView::exhausted).containsExactly(false, true);
        assertThat(board.of(new TenantId("other"), 10))
                .extracting(BudgetView::owner)
                .containsExactly("tenant:other");
    }

    private CountedBudgets budgets(BudgetRule... rules) {
        var exhausted = new ExhaustedBudgets(ledger, history.gateway());
        return new CountedBudgets(List.of(rules), ledger, exhausted, () -> "request-7", clock());
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("UTC everywhere");
            }
        };
    }
}
