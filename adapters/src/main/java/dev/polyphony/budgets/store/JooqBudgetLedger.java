package dev.polyphony.budgets.store;

import static dev.polyphony.db.budgets.Tables.SPENDING;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.currentOffsetDateTime;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.rand;
import static org.jooq.impl.DSL.row;

import dev.polyphony.budgets.BudgetId;
import dev.polyphony.budgets.BudgetLedger;
import dev.polyphony.budgets.BudgetLimits;
import dev.polyphony.budgets.BudgetPeriod;
import dev.polyphony.budgets.BudgetRule;
import dev.polyphony.budgets.BudgetScope;
import dev.polyphony.budgets.Spending;
import dev.polyphony.db.budgets.tables.records.SpendingRecord;
import dev.polyphony.shared.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record4;
import org.jooq.Row4;
import org.jooq.Select;
import org.jooq.types.DayToSecond;
import org.springframework.stereotype.Component;

@Component
class JooqBudgetLedger implements BudgetLedger {
    private static final Field<Instant> NOW = currentOffsetDateTime().cast(SPENDING.LAST_SPENT_AT.getDataType());
    private static final Condition REPORTED_ALIKE = condition(SPENDING.REPORTED)
            .and(SPENDING.LIMIT_TOKENS.isNotDistinctFrom(excluded(SPENDING.LIMIT_TOKENS)))
            .and(SPENDING.LIMIT_COST.isNotDistinctFrom(excluded(SPENDING.LIMIT_COST)));

    private final DSLContext sql;

    JooqBudgetLedger(DSLContext sql) {
        this.sql = sql;
    }

    @Override
    public List<Balance> read(List<BudgetId> budgets) {
        List<Row4<String, String, String, String>> keys = budgets.stream()
                .map(budget -> row(budget.name(), budget.tenant().value(), budget.owner(), budget.period()))
                .toList();
        return sql.selectFrom(SPENDING)
                .where(row(SPENDING.BUDGET, SPENDING.TENANT, SPENDING.OWNER, SPENDING.PERIOD)
                        .in(keys))
                .fetch(JooqBudgetLedger::balance);
    }

    /** In one order everywhere, so that no two of these wait for each other. */
    @Override
    public List<Balance> add(List<Account> accounts, Spending spending) {
        var insert = sql.insertInto(
                SPENDING,
                SPENDING.BUDGET,
                SPENDING.TENANT,
                SPENDING.OWNER,
                SPENDING.PERIOD,
                SPENDING.TOKENS,
                SPENDING.ESTIMATED_TOKENS,
                SPENDING.COST,
                SPENDING.LIMIT_TOKENS,
                SPENDING.LIMIT_COST);
        List<Account> inOrder = accounts.stream()
                .sorted(Comparator.comparing(account -> account.budget().toString()))
                .toList();
        for (Account account : inOrder) {
            BudgetId budget = account.budget();
            insert = insert.values(
                    budget.name(),
                    budget.tenant().value(),
                    budget.owner(),
                    budget.period(),
                    spending.tokens(),
                    spending.estimatedTokens(),
                    spending.cost(),
                    account.limits().tokens(),
                    account.limits().cost());
        }
        return insert.onConflict(SPENDING.BUDGET, SPENDING.TENANT, SPENDING.OWNER, SPENDING.PERIOD)
                .doUpdate()
                .set(SPENDING.TOKENS, SPENDING.TOKENS.plus(excluded(SPENDING.TOKENS)))
                .set(SPENDING.ESTIMATED_TOKENS, SPENDING.ESTIMATED_TOKENS.plus(excluded(SPENDING.ESTIMATED_TOKENS)))
                .set(SPENDING.COST, SPENDING.COST.plus(excluded(SPENDING.COST)))
                .set(SPENDING.LAST_SPENT_AT, excluded(SPENDING.LAST_SPENT_AT))
                .set(SPENDING.LIMIT_TOKENS, excluded(SPENDING.LIMIT_TOKENS))
                .set(SPENDING.LIMIT_COST, excluded(SPENDING.LIMIT_COST))
                .set(SPENDING.REPORTED, field(REPORTED_ALIKE))
                .returning()
                .fetch(JooqBudgetLedger::balance);
    }

    @Override
    public List<Balance> latest(BudgetRule rule, TenantId tenant, String period, int max) {
        return sql.selectFrom(SPENDING)
                .where(SPENDING.BUDGET.eq(rule.name()))
                .and(SPENDING.TENANT.eq(tenant.value()))
                .and(SPENDING.PERIOD.eq(period))
                .and(SPENDING.OWNER.startsWith(rule.scope().owner("")))
                .orderBy(SPENDING.LAST_SPENT_AT.desc(), SPENDING.OWNER)
                .limit(max)
                .fetch(JooqBudgetLedger::balance);
    }

    @Override
    public List<Balance> unreported(Duration quiet, int max) {
        return sql.selectFrom(SPENDING)
                .where(SPENDING.UNREPORTED)
                .and(SPENDING.LAST_SPENT_AT.lt(NOW.minus(DayToSecond.valueOf(quiet))))
                .orderBy(rand())
                .limit(max)
                .fetch(JooqBudgetLedger::balance);
    }

    @Override
    public void reported(Account account) {
        BudgetId budget = account.budget();
        BudgetLimits limits = account.limits();
        Condition same = SPENDING.LIMIT_TOKENS
                .isNotDistinctFrom(limits.tokens())
                .and(SPENDING.LIMIT_COST.isNotDistinctFrom(limits.cost()));
        sql.update(SPENDING)
                .set(SPENDING.LIMIT_TOKENS, limits.tokens())
                .set(SPENDING.LIMIT_COST, limits.cost())
                .set(SPENDING.REPORTED, true)
                .where(SPENDING.BUDGET.eq(budget.name()))
                .and(SPENDING.TENANT.eq(budget.tenant().value()))
                .and(SPENDING.OWNER.eq(budget.owner()))
                .and(SPENDING.PERIOD.eq(budget.period()))
                .and(same.or(not(SPENDING.UNREPORTED)))
                .execute();
    }

    /** Waits for no row, so that no payment and no other node waits for this one's. */
    @Override
    public int deleteUnspent(Duration unspent, int max) {
        Select<Record4<String, String, String, String>> old = sql.select(
                        SPENDING.BUDGET, SPENDING.TENANT, SPENDING.OWNER, SPENDING.PERIOD)
                .from(SPENDING)
                .where(SPENDING.LAST_SPENT_AT.lt(NOW.minus(DayToSecond.valueOf(unspent))))
                .and(SPENDING.PERIOD.ne(BudgetPeriod.ALL).or(SPENDING.OWNER.startsWith(BudgetScope.RUN.owner(""))))
                .orderBy(SPENDING.LAST_SPENT_AT)
                .limit(max)
                .forUpdate()
                .skipLocked();
        return sql.deleteFrom(SPENDING)
                .where(row(SPENDING.BUDGET, SPENDING.TENANT, SPENDING.OWNER, SPENDING.PERIOD)
                        .in(old))
                .execute();
    }

    private static Balance balance(SpendingRecord row) {
        return new Balance(
                new BudgetId(row.getBudget(), new TenantId(row.getTenant()), row.getOwner(), row.getPeriod()),
                new Spending(row.getTokens(), row.getEstimatedTokens(), row.getCost()),
                new BudgetLimits(row.getLimitTokens(), row.getLimitCost()),
                row.getReported(),
                row.getLastSpentAt());
    }
}
