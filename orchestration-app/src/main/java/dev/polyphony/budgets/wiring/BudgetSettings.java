package dev.polyphony.budgets.wiring;

import dev.polyphony.budgets.BudgetLimits;
import dev.polyphony.budgets.BudgetPeriod;
import dev.polyphony.budgets.BudgetRule;
import dev.polyphony.budgets.BudgetScope;
import dev.polyphony.shared.TenantId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What may be spent; {@code docs/budgets.md} explains it.
 *
 * @param budgets none when absent
 * @param budgetRetention how long the ledger keeps what was last spent on then; longer than a month, whose budget would otherwise
 *     begin at nothing in the middle of it
 * @param budgetSweepInterval how often old entries, and what nobody was told, are looked after
 */
@ConfigurationProperties("polyphony")
@Validated
public record BudgetSettings(
        @DefaultValue List<@Valid Rule> budgets,

        @DefaultValue("400d") @DurationMin(days = 35) @DurationMax(days = 36_500)
        Duration budgetRetention,

        @DefaultValue("10s") @DurationMin(millis = 1) Duration budgetSweepInterval) {
    /** One rule, as operators write it. */
    record Rule(
            @Nullable String name,
            @NotNull BudgetScope scope,
            @Nullable String tenant,
            @Nullable String agent,
            @Nullable BudgetPeriod period,
            @Nullable Long tokens,
            @Nullable BigDecimal cost) {
        BudgetRule checked() {
            return new BudgetRule(
                    name == null ? "" : name,
                    scope,
                    tenant == null ? null : new TenantId(tenant),
                    agent,
                    renewal(),
                    new BudgetLimits(tokens, cost));
        }

        private BudgetPeriod renewal() {
            if (period != null) {
                return period;
            }
            if (scope == BudgetScope.RUN) {
                return BudgetPeriod.NONE;
            }
            throw new IllegalArgumentException("period is needed with scope " + scope);
        }
    }

    /** @throws IllegalArgumentException that names the first setting that is wrong */
    List<BudgetRule> rules() {
        Set<String> names = new HashSet<>();
        return IntStream.range(0, budgets.size())
                .mapToObj(place -> rule(budgets.get(place), place, names))
                .toList();
    }

    private static BudgetRule rule(Rule rule, int place, Set<String> names) {
        try {
            BudgetRule checked = rule.checked();
            if (!names.add(checked.name())) {
                throw new IllegalArgumentException("name '%s' is another one's".formatted(checked.name()));
            }
            return checked;
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("polyphony.budgets[%d]: %s".formatted(place, wrong.getMessage()), wrong);
        }
    }
}
