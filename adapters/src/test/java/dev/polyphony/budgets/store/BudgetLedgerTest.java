package dev.polyphony.budgets.store;

import static dev.polyphony.budgets.BudgetExamples.ACME;
import static dev.polyphony.budgets.BudgetExamples.TODAY;
import static dev.polyphony.budgets.BudgetExamples.limits;
import static dev.polyphony.budgets.BudgetExamples.perRun;
import static dev.polyphony.budgets.BudgetExamples.spent;
import static dev.polyphony.db.budgets.Tables.SPENDING;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.polyphony.budgets.BudgetId;
import dev.polyphony.budgets.BudgetLedger.Account;
import dev.polyphony.budgets.BudgetLedger.Balance;
import dev.polyphony.budgets.BudgetLimits;
import dev.polyphony.budgets.Spending;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.shared.TenantId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class BudgetLedgerTest {
    private static final int THREADS = 8;
    private static final int PAYMENTS = 100;
    private static final BudgetId TOMORROW = new BudgetId("daily", ACME, "tenant:acme", "2026-11-26");
    private static final BudgetId ELSEWHERE = new BudgetId("daily", new TenantId("other"), "tenant:acme", "2026-11-25");

    private static final BudgetLimits THOUSAND = limits(1000, null);

    private final DSLContext sql;
    private final JooqBudgetLedger ledger;

    BudgetLedgerTest(DSLContext sql) {
        this.sql = sql;
        this.ledger = new JooqBudgetLedger(sql);
    }

    @BeforeEach
    void empty() {
        sql.deleteFrom(SPENDING).execute();
    }

    @Test
    void knowsWhatIsUsedUpUntilItIsTold() {
        ledger.add(accounts(THOUSAND, TODAY, TOMORROW), spent(999, "5"));
        ledger.add(accounts(THOUSAND, TODAY), spent(1, "0"));
        ledger.add(accounts(limits(null, "0.50"), ELSEWHERE), spent(3, "0.5"));

        assertThat(ledger.unreported(ZERO, 10))
                .extracting(Balance::budget, Balance::limits)
                .containsExactlyInAnyOrder(tuple(TODAY, THOUSAND), tuple(ELSEWHERE, limits(null, "0.50")));
        assertThat(ledger.unreported(ZERO, 1)).hasSize(1);
        assertThat(ledger.unreported(Duration.ofMinutes(1), 10)).isEmpty();

        ledger.reported(new Account(TODAY, THOUSAND));
        ledger.reported(new Account(ELSEWHERE, limits(null, "0.5")));
        ledger.add(accounts(THOUSAND, TODAY), spent(1, "0"));
        ledger.add(accounts(limits(null, "0.500"), ELSEWHERE), spent(1, "0"));

        assertThat(ledger.unreported(ZERO, 10)).isEmpty();
        assertThat(ledger.read(List.of(TODAY, ELSEWHERE, TOMORROW)))
                .extracting(Balance::budget, Balance::reported)
                .containsExactlyInAnyOrder(tuple(TODAY, true), tuple(ELSEWHERE, true), tuple(TOMORROW, false));
    }

    @Test
    void hasToTellItAgainWhenARaisedLimitIsReachedToo() {
        BudgetLimits twoThousand = limits(2000, "9");
        ledger.add(accounts(THOUSAND, TODAY), spent(1000, "0"));
        ledger.reported(new Account(TODAY, THOUSAND));
        ledger.add(accounts(twoThousand, TODAY), spent(999, "0"));
        assertThat(ledger.unreported(ZERO, 10)).isEmpty();

        ledger.add(accounts(twoThousand, TODAY), spent(1, "0"));

        assertThat(ledger.unreported(ZERO, 10)).extracting(Balance::limits).containsExactly(twoThousand);
    }

    /** As a node does that is configured otherwise than the one that paid last, and died. */
    @Test
    void forgetsNothingUntoldForLimitsThatAreTold() {
        ledger.add(accounts(limits(2000, null), TODAY), spent(2000, "0"));

        ledger.reported(new Account(TODAY, THOUSAND));

        assertThat(ledger.unreported(ZERO, 10)).extracting(Balance::budget).containsExactly(TODAY);
    }

    @Test
    void notesWhatIsToldOfALoweredLimit() {
        ledger.add(accounts(limits(2000, null), TODAY), spent(1500, "0"));

        ledger.reported(new Account(TODAY, THOUSAND));

        assertThat(ledger.read(List.of(TODAY)))
                .extracting(Balance::limits, Balance::reported)
                .containsExactly(tuple(THOUSAND, true));
    }

    @Test
    void addsUpAndReturnsTheSum() {
        assertThat(ledger.add(accounts(THOUSAND, TODAY), new Spending(38, 5, new BigDecimal("0.00001607"))))
                .extracting(Balance::budget, Balance::spent)
                .containsExactly(tuple(TODAY, new Spending(38, 5, new BigDecimal("0.00001607"))));

        assertThat(spentOn(ledger.add(accounts(THOUSAND, TODAY), new Spending(2, 0, new BigDecimal("1.5")))))
                .containsExactly(new Spending(40, 5, new BigDecimal("1.50001607")));
        assertThat(spentOn(ledger.read(List.of(TODAY))))
                .containsExactly(new Spending(40, 5, new BigDecimal("1.50001607")));
    }

    @Test
    void keepsOwnersTenantsAndPeriodsApart() {
        ledger.add(accounts(THOUSAND, TODAY), spent(1, "0"));
        ledger.add(accounts(THOUSAND, TOMORROW), spent(2, "0"));
        ledger.add(accounts(THOUSAND, ELSEWHERE), spent(3, "0"));

        assertThat(ledger.read(List.of(ELSEWHERE, TODAY, new BudgetId("daily", ACME, "agent:x", "2026-11-25"))))
                .extracting(Balance::budget)
                .containsExactlyInAnyOrder(TODAY, ELSEWHERE);
    }

    /** As calls on many nodes do, in whatever order their configuration names the budgets. */
    @Test
    void losesNothingAndLetsExactlyOneCrossALimitWhenManyAddAtOnce() throws Exception {
        Set<Long> sums = ConcurrentHashMap.newKeySet();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int thread = 0; thread < THREADS; thread++) {
                List<Account> accounts = thread % 2 == 0
                        ? accounts(THOUSAND, TODAY, TOMORROW, ELSEWHERE)
                        : accounts(THOUSAND, ELSEWHERE, TODAY, TOMORROW);
                threads.execute(() -> {
                    for (int i = 0; i < PAYMENTS; i++) {
                        ledger.add(accounts, spent(3, "0.001")).stream()
                                .filter(balance -> balance.budget().equals(TODAY))
                                .forEach(balance -> sums.add(balance.spent().tokens()));
                    }
                });
            }
        }

        assertThat(sums).as("each payment saw a sum of its own").hasSize(THREADS * PAYMENTS);
        assertThat(spentOn(ledger.read(List.of(TODAY, TOMORROW, ELSEWHERE))))
                .containsOnly(spent(3 * THREADS * PAYMENTS, "0.800"))
                .hasSize(3);
    }

    @Test
    void findsThoseWhoSpentLast() {
        for (String run : List.of("run:a", "run:b", "run:c", "tenant:acme")) {
            ledger.add(accounts(THOUSAND, new BudgetId("per-run", ACME, run, "all")), spent(1, "0"));
        }
        ledger.add(accounts(THOUSAND, new BudgetId("per-run", ACME, "run:a", "all")), spent(1, "0"));

        assertThat(ledger.latest(perRun(limits(1, null)), ACME, "all", 2))
                .extracting(balance -> balance.budget().owner())
                .containsExactly("run:a", "run:c");
    }

    @Test
    void forgetsOldPeriodsAndOldRunsAndNothingThatIsNotRenewed() {
        BudgetId month = new BudgetId("monthly", ACME, "tenant:acme", "2026-11");
        BudgetId oldRun = new BudgetId("per-run", ACME, "run:a", "all");
        BudgetId agent = new BudgetId("for-good", ACME, "agent:fix-agent", "all");
        BudgetId tenant = new BudgetId("for-good", ACME, "tenant:run:", "all");
        BudgetId youngRun = new BudgetId("per-run", ACME, "run:b", "all");
        ledger.add(accounts(THOUSAND, TODAY, month, oldRun, agent, tenant), spent(1, "0"));
        lastSpent(Duration.ofDays(401));
        ledger.add(accounts(THOUSAND, TOMORROW, youngRun), spent(1, "0"));

        assertThat(ledger.deleteUnspent(Duration.ofDays(402), 10)).isZero();
        assertThat(ledger.deleteUnspent(Duration.ofDays(400), 2)).isEqualTo(2);
        assertThat(ledger.deleteUnspent(Duration.ofDays(400), 10)).isEqualTo(1);

        assertThat(ledger.read(List.of(TODAY, TOMORROW, month, oldRun, youngRun, agent, tenant)))
                .extracting(Balance::budget)
                .containsExactlyInAnyOrder(TOMORROW, youngRun, agent, tenant);
    }

    /** Somebody pays for it just now, or another node deletes it. */
    @Test
    void waitsForNobodyWhenItForgets() {
        ledger.add(accounts(THOUSAND, TODAY, TOMORROW), spent(1, "0"));
        lastSpent(Duration.ofDays(401));

        sql.transaction(payment -> {
            new JooqBudgetLedger(payment.dsl()).add(accounts(THOUSAND, TODAY), spent(1, "0"));
            sql.transaction(sweep -> {
                sweep.dsl().execute("set local lock_timeout = '5s'");
                assertThat(new JooqBudgetLedger(sweep.dsl()).deleteUnspent(Duration.ofDays(400), 10))
                        .isEqualTo(1);
            });
        });

        assertThat(spentOn(ledger.read(List.of(TODAY, TOMORROW)))).containsExactly(spent(2, "0"));
    }

    private void lastSpent(Duration ago) {
        sql.update(SPENDING)
                .set(SPENDING.LAST_SPENT_AT, Instant.now().minus(ago))
                .execute();
    }

    private static List<Account> accounts(BudgetLimits limits, BudgetId... budgets) {
        return Stream.of(budgets).map(budget -> new Account(budget, limits)).toList();
    }

    private static List<Spending> spentOn(List<Balance> balances) {
        return balances.stream().map(Balance::spent).toList();
    }
}
