package dev.polyphony.budgets;

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

import dev.polyphony.budgets.Budgets.BudgetGuard;
import dev.polyphony.budgets.Budgets.Denied;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.TenantId;
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
    private final List<CommandMessage<?>> reported = history.reported();
    private Instant now = MIDNIGHT.minusSeconds(60);

    @Test
    void letsSpendWhatIsThere() {
        BudgetGuard guard = budgets(daily(THOUSAND)).of(FIXER);

        assertThat(guard.denial()).isNull();
        guard.charge(spent(999, "0.5"));

        assertThat(guard.denial()).isNull();
        assertThat(ledger.of(TODAY)).isEqualTo(spent(999, "0.5"));
        assertThat(reported).isEmpty();
    }

    @Test
    void refusesWhenAllIsSpentAndSaysWhoseAndUntilWhen() {
        BudgetGuard guard = budgets(daily(THOUSAND)).of(FIXER);
        guard.charge(spent(1204, "0.5"));

        Denied denial = Objects.requireNonNull(guard.denial());

        assertThat(denial.reason())
                .isEqualTo("The budget 'daily' of tenant acme is used up: 1204 of 1000 tokens are spent."
                        + " It is renewed at 2026-11-26T00:00:00Z.");
        assertThat(denial.renewedIn()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void refusesByCostAndByTheWholeLifeOfARun() {
        BudgetGuard guard =
                budgets(daily(THOUSAND), perRun(limits(null, "0.25"))).of(FIXER);
        guard.charge(spent(10, "0.10"));
        assertThat(guard.denial()).isNull();
        guard.charge(spent(10, "0.15"));

        Denied denial = Objects.requireNonNull(guard.denial());

        assertThat(denial.reason())
                .isEqualTo("The budget 'per-run' of run review-1 is used up: 0.25 of 0.25 US dollars are spent."
                        + " It is not renewed.");
        assertThat(denial.renewedIn()).isNull();
        assertThat(ledger.of(THE_RUN)).isEqualTo(ledger.of(TODAY));
    }

    @Test
    void beginsAnewWithThePeriod() {
        BudgetGuard guard = budgets(daily(THOUSAND)).of(FIXER);
        guard.charge(spent(1000, "0"));
        assertThat(guard.denial()).isNotNull();

        now = MIDNIGHT;

        assertThat(guard.denial()).isNull();
    }

    @Test
    void limitsNobodyWhomNoRuleMeans() {
        CountedBudgets budgets = budgets(
                new BudgetRule("daily", BudgetScope.TENANT, new TenantId("other"), null, BudgetPeriod.DAY, THOUSAND));

        assertThat(budgets.of(null)).isSameAs(BudgetGuard.UNLIMITED);
        assertThat(budgets.of(FIXER)).isSameAs(BudgetGuard.UNLIMITED);
        assertThat(budgets(perRun(THOUSAND)).of(new Spender(ACME, null, null))).isSameAs(BudgetGuard.UNLIMITED);
    }

    @Test
    void tellsTheHistoryAtTheCallThatUsedItUp() {
        BudgetGuard guard = budgets(daily(THOUSAND)).of(FIXER);
        guard.charge(spent(900, "0"));
        guard.charge(spent(104, "0"));
        guard.charge(spent(10, "0"));

        assertThat(reported).hasSize(1);
        assertThat(reported.getFirst().getPayload()).isEqualTo(tellExhausted(THOUSAND, spent(1004, "0")));
        assertThat(MessageOrigin.of(reported.getFirst().getMetaData()))
                .isEqualTo(new MessageOrigin(ACME, "system:budgets", "request-7", "request-7"));
    }

    @Test
    void tellsItWithTheNextRefusalWhenTheHistoryDidNotHearIt() {
        BudgetGuard guard = budgets(daily(THOUSAND)).of(FIXER);
        history.listensNot(gone);
        guard.charge(spent(1004, "0"));
        assertThat(guard.denial()).isNotNull();
        assertThat(reported).isEmpty();

        history.listensNot(null);

        assertThat(guard.denial()).isNotNull();
        assertThat(reported).hasSize(1);
        assertThat(guard.denial()).isNotNull();
        assertThat(reported).as("what the history knows").hasSize(1);
    }

    @Test
    void tellsItAgainWhenARaisedLimitIsReachedToo() {
        budgets(daily(THOUSAND)).of(FIXER).charge(spent(1004, "0"));
        BudgetGuard raised = budgets(daily(limits(2000, null))).of(FIXER);
        assertThat(raised.denial()).isNull();
        assertThat(reported).hasSize(1);

        raised.charge(spent(1000, "0"));

        assertThat(reported).hasSize(2);
        assertThat(reported.getLast().getPayload()).isEqualTo(tellExhausted(limits(2000, null), spent(2004, "0")));
    }

    @Test
    void tellsOfALoweredLimitWhenACallIsRefusedForIt() {
        budgets(daily(limits(2000, null))).of(FIXER).charge(spent(1004, "0"));
        assertThat(reported).isEmpty();

        assertThat(budgets(daily(THOUSAND)).of(FIXER).denial()).isNotNull();

        assertThat(reported).hasSize(1);
        assertThat(reported.getFirst().getPayload()).isEqualTo(tellExhausted(THOUSAND, spent(1004, "0")));
    }

    @Test
    void tellsOfABudgetOfNothing() {
        assertThat(budgets(daily(limits(0, null))).of(FIXER).denial()).isNotNull();

        assertThat(reported).hasSize(1);
    }

    @Test
    void letsNobodySpendUncounted() {
        BudgetGuard guard = budgets(daily(THOUSAND)).of(FIXER);
        ledger.isAway(gone);

        assertThatThrownBy(guard::denial).isSameAs(gone);
    }

    @Test
    void countsLaterWhatItCouldNotCountWhenItWasSpent() {
        CountedBudgets budgets = budgets(daily(THOUSAND));
        ledger.isAway(gone);
        budgets.of(FIXER).charge(spent(600, "0"));
        budgets.of(FIXER).charge(spent(600, "0"));
        assertThatThrownBy(budgets.of(FIXER)::denial).isSameAs(gone);

        ledger.isAway(null);

        assertThat(Objects.requireNonNull(budgets.of(FIXER).denial()).reason()).contains("1200 of 1000 tokens");
        assertThat(reported).hasSize(1);
        assertThat(Objects.requireNonNull(budgets.of(FIXER).denial()).reason()).contains("1200 of 1000 tokens");
    }

    @Test
    void countsForACallerWhoIsInterruptedAndLeavesThemSo() {
        BudgetGuard guard = budgets(daily(THOUSAND)).of(FIXER);
        Thread.currentThread().interrupt();

        guard.charge(spent(600, "0"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ledger.of(TODAY)).isEqualTo(spent(600, "0"));
    }

    @Test
    void looksNothingUpForNothing() {
        budgets(daily(THOUSAND)).of(FIXER).charge(Spending.NOTHING);

        assertThat(ledger.of(TODAY)).isEqualTo(Spending.NOTHING);
        assertThat(reported).isEmpty();
    }

    @Test
    void showsWhatIsLeft() {
        List<BudgetRule> rules = List.of(daily(THOUSAND), perRun(limits(null, "0.25")));
        BudgetQueries queries = new BudgetQueries(rules, ledger, clock());
        assertThat(queries.of(ACME, 10)).hasSize(1).first().satisfies(view -> {
            assertThat(view.owner()).isEqualTo("tenant:acme");
            assertThat(view.remaining()).isEqualTo(THOUSAND);
            assertThat(view.exhausted()).isFalse();
            assertThat(view.lastSpentAt()).isNull();
        });

        budgets(daily(THOUSAND), perRun(limits(null, "0.25"))).of(FIXER).charge(spent(100, "0.30"));

        assertThat(queries.of(ACME, 10))
                .extracting(BudgetView::remaining)
                .containsExactly(limits(900, null), limits(null, "0"));
        assertThat(queries.of(ACME, 10)).extracting(BudgetView::exhausted).containsExactly(false, true);
        assertThat(queries.of(new TenantId("other"), 10))
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
