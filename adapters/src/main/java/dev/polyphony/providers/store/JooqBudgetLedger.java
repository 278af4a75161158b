package dev.polyphony.providers.store;

import static dev.polyphony.db.providers.Tables.SPENDING;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.row;

import dev.polyphony.db.providers.tables.records.SpendingRecord;
import dev.polyphony.providers.budgets.BudgetId;
import dev.polyphony.providers.budgets.BudgetLedger;
import dev.polyphony.providers.budgets.BudgetRule;
import dev.polyphony.providers.budgets.Spending;
import dev.polyphony.shared.TenantId;
import java.util.Comparator;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Row4;
import org.springframework.stereotype.Component;

@Component
class JooqBudgetLedger implements BudgetLedger {
    private final DSLContext sql;

    JooqBudgetLedger(DSLContext sql) {
        this.sql = sql;
    }

    @Override
    public List<Entry> read(List<BudgetId> budgets) {
        List<Row4<String, String, String, String>> keys = budgets.stream()
                .map(budget -> row(budget.name(), budget.tenant().value(), budget.owner(), budget.period()))
                .toList();
        return sql.selectFrom(SPENDING)
                .where(row(SPENDING.BUDGET, SPENDING.TENANT, SPENDING.OWNER, SPENDING.PERIOD)
                        .in(keys))
                .fetch(JooqBudgetLedger::entry);
    }

    /** In one order everywhere, so that no two of these wait for each other. */
    @Override
    public List<Entry> add(List<BudgetId> budgets, Spending spending) {
        var insert = sql.insertInto(
                SPENDING,
                SPENDING.BUDGET,
                SPENDING.TENANT,
                SPENDING.OWNER,
                SPENDING.PERIOD,
                SPENDING.TOKENS,
                SPENDING.ESTIMATED_TOKENS,
                SPENDING.COST);
        List<BudgetId> inOrder = budgets.stream()
                .sorted(Comparator.comparing(BudgetId::toString))
                .toList();
        for (BudgetId budget : inOrder) {
            insert = insert.values(
                    budget.name(),
                    budget.tenant().value(),
                    budget.owner(),
                    budget.period(),
                    spending.tokens(),
                    spending.estimatedTokens(),
                    spending.cost());
        }
        return insert.onConflict(SPENDING.BUDGET, SPENDING.TENANT, SPENDING.OWNER, SPENDING.PERIOD)
                .doUpdate()
                .set(SPENDING.TOKENS, SPENDING.TOKENS.plus(excluded(SPENDING.TOKENS)))
                .set(SPENDING.ESTIMATED_TOKENS, SPENDING.ESTIMATED_TOKENS.plus(excluded(SPENDING.ESTIMATED_TOKENS)))
                .set(SPENDING.COST, SPENDING.COST.plus(excluded(SPENDING.COST)))
                .set(SPENDING.LAST_SPENT_AT, excluded(SPENDING.LAST_SPENT_AT))
                .returning()
                .fetch(JooqBudgetLedger::entry);
    }

    @Override
    public List<Entry> latest(BudgetRule rule, TenantId tenant, String period, int most) {
        return sql.selectFrom(SPENDING)
                .where(SPENDING.BUDGET.eq(rule.name()))
                .and(SPENDING.TENANT.eq(tenant.value()))
                .and(SPENDING.PERIOD.eq(period))
                .and(SPENDING.OWNER.startsWith(rule.scope().owner("")))
                .orderBy(SPENDING.LAST_SPENT_AT.desc(), SPENDING.OWNER)
                .limit(most)
                .fetch(JooqBudgetLedger::entry);
    }

    private static Entry entry(SpendingRecord row) {
        return new Entry(
                new BudgetId(row.getBudget(), new TenantId(row.getTenant()), row.getOwner(), row.getPeriod()),
                new Spending(row.getTokens(), row.getEstimatedTokens(), row.getCost()),
                row.getLastSpentAt());
    }
}
