package dev.polyphony.providers.store;

import static dev.polyphony.db.providers.Tables.SPENDING;
import static dev.polyphony.providers.budgets.BudgetExamples.ACME;
import static dev.polyphony.providers.budgets.BudgetExamples.TODAY;
import static dev.polyphony.providers.budgets.BudgetExamples.limits;
import static dev.polyphony.providers.budgets.BudgetExamples.perRun;
import static dev.polyphony.providers.budgets.BudgetExamples.spent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.polyphony.db.PostgresExtension;
import dev.polyphony.providers.budgets.BudgetId;
import dev.polyphony.providers.budgets.BudgetLedger.Entry;
import dev.polyphony.providers.budgets.Spending;
import dev.polyphony.shared.TenantId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    void addsUpAndReturnsTheSum() {
        assertThat(ledger.add(List.of(TODAY), new Spending(38, 5, new BigDecimal("0.00001607"))))
                .extracting(Entry::budget, Entry::spent)
                .containsExactly(tuple(TODAY, new Spending(38, 5, new BigDecimal("0.00001607"))));

        assertThat(spentOn(ledger.add(List.of(TODAY), new Spending(2, 0, new BigDecimal("1.5")))))
                .containsExactly(new Spending(40, 5, new BigDecimal("1.50001607")));
        assertThat(spentOn(ledger.read(List.of(TODAY))))
                .containsExactly(new Spending(40, 5, new BigDecimal("1.50001607")));
    }

    @Test
    void keepsOwnersTenantsAndPeriodsApart() {
        ledger.add(List.of(TODAY), spent(1, "0"));
        ledger.add(List.of(TOMORROW), spent(2, "0"));
        ledger.add(List.of(ELSEWHERE), spent(3, "0"));

        assertThat(ledger.read(List.of(ELSEWHERE, TODAY, new BudgetId("daily", ACME, "agent:x", "2026-11-25"))))
                .extracting(Entry::budget)
                .containsExactlyInAnyOrder(TODAY, ELSEWHERE);
    }

    /** As calls on many nodes do, in whatever order their configuration names the budgets. */
    @Test
    void losesNothingAndLetsExactlyOneCrossALimitWhenManyAddAtOnce() throws Exception {
        Set<Long> sums = ConcurrentHashMap.newKeySet();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int thread = 0; thread < THREADS; thread++) {
                List<BudgetId> budgets =
                        thread % 2 == 0 ? List.of(TODAY, TOMORROW, ELSEWHERE) : List.of(ELSEWHERE, TODAY, TOMORROW);
                threads.execute(() -> {
                    for (int i = 0; i < PAYMENTS; i++) {
                        ledger.add(budgets, spent(3, "0.001")).stream()
                                .filter(entry -> entry.budget().equals(TODAY))
                                .forEach(entry -> sums.add(entry.spent().tokens()));
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
            ledger.add(List.of(new BudgetId("per-run", ACME, run, "all")), spent(1, "0"));
        }
        ledger.add(List.of(new BudgetId("per-run", ACME, "run:a", "all")), spent(1, "0"));

        assertThat(ledger.latest(perRun(limits(1, null)), ACME, "all", 2))
                .extracting(entry -> entry.budget().owner())
                .containsExactly("run:a", "run:c");
    }

    private static List<Spending> spentOn(List<Entry> entries) {
        return entries.stream().map(Entry::spent).toList();
    }
}
