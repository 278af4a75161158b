package dev.polyphony.budgets.wiring;

import dev.polyphony.budgets.BudgetLimits;
import dev.polyphony.budgets.BudgetPeriod;
import dev.polyphony.budgets.BudgetRule;
import dev.polyphony.budgets.BudgetScope;
import dev.polyphony.shared.TenantId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may be spent; {@code docs/budgets.md} explains it.
 *
 * @param budgets none when absent
 * @param budgetRetention how long the ledger keeps what was last spent on then, 35 days to 100 years
 */
@ConfigurationProperties("polyphony")
public record BudgetSettings(
        @Nullable List<Rule> budgets, @DefaultValue("400d") Duration budgetRetention) {
    /** Longer than a month, whose budget would otherwise begin at nothing in the middle of it. */
    private static final Duration SHORTEST = Duration.ofDays(35);

    private static final Duration LONGEST = Duration.ofDays(36_500);

    public BudgetSettings {
        if (budgetRetention.compareTo(SHORTEST) < 0 || budgetRetention.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "polyphony.budget-retention is 35 to 36500 days, not " + budgetRetention);
        }
    }

    /** One rule, as operators write it. */
    record Rule(
            @Nullable String name,
            @Nullable String scope,
            @Nullable String tenant,
            @Nullable String agent,
            @Nullable String period,
            @Nullable Long tokens,
            @Nullable BigDecimal cost) {
        BudgetRule checked() {
            BudgetScope whose = BudgetScope.of(word(scope))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "scope is one of %s, not '%s'".formatted(BudgetScope.words(), word(scope))));
            return new BudgetRule(
                    word(name),
                    whose,
                    tenant == null ? null : new TenantId(tenant),
                    agent,
                    period(whose),
                    new BudgetLimits(tokens, cost));
        }

        private BudgetPeriod period(BudgetScope whose) {
            if (period == null && whose == BudgetScope.RUN) {
                return BudgetPeriod.NONE;
            }
            return BudgetPeriod.of(word(period))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "period is one of %s, not '%s'".formatted(BudgetPeriod.words(), word(period))));
        }

        private static String word(@Nullable String given) {
            return given == null ? "" : given;
        }
    }

    /** @throws IllegalArgumentException that names the first setting that is wrong */
    List<BudgetRule> rules() {
        List<Rule> all = budgets == null ? List.of() : budgets;
        Set<String> names = new HashSet<>();
        return IntStream.range(0, all.size())
                .mapToObj(place -> rule(all.get(place), place, names))
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
