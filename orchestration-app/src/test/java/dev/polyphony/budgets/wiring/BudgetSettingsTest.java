package dev.polyphony.budgets.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.budgets.BudgetLimits;
import dev.polyphony.budgets.BudgetPeriod;
import dev.polyphony.budgets.BudgetRule;
import dev.polyphony.budgets.BudgetScope;
import dev.polyphony.shared.TenantId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class BudgetSettingsTest {
    @Test
    void readsRules() {
        assertThat(settings(
                                "name=acme-month,scope=tenant,tenant=acme,period=month,cost=200",
                                "name=fixer-day,scope=agent,agent=fix-agent,period=day,tokens=500000",
                                "name=any-run,scope=run,tokens=100000,cost=0.50")
                        .rules())
                .containsExactly(
                        new BudgetRule(
                                "acme-month",
                                BudgetScope.TENANT,
                                new TenantId("acme"),
                                null,
                                BudgetPeriod.MONTH,
                                new BudgetLimits(null, new BigDecimal("200"))),
                        new BudgetRule(
                                "fixer-day",
                                BudgetScope.AGENT,
                                null,
                                "fix-agent",
                                BudgetPeriod.DAY,
                                new BudgetLimits(500_000L, null)),
                        new BudgetRule(
                                "any-run",
                                BudgetScope.RUN,
                                null,
                                null,
                                BudgetPeriod.NONE,
                                new BudgetLimits(100_000L, new BigDecimal("0.50"))));
    }

    @Test
    void hasNoneWithoutConfiguration() {
        BudgetSettings nothing = bound(Map.of("polyphony.sample", "true"));

        assertThat(nothing.rules()).isEmpty();
        assertThat(nothing.budgetRetention()).isEqualTo(Duration.ofDays(400));
    }

    @Test
    void keepsWhatIsSpentAsLongAsOperatorsWant() {
        assertThat(bound(Map.of("polyphony.budget-retention", "35d")).budgetRetention())
                .isEqualTo(Duration.ofDays(35));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scope=tenant,period=day,tokens=1 | name is 1 to 64",
                "name=b,scope=tenant,tokens=1 | period is needed with scope TENANT",
                "name=b,scope=run,period=day,tokens=1 | period of a run's budget is none",
                "name=b,scope=tenant,tenant=ACME,period=day,tokens=1 | a tenant id is",
                "name=b,scope=tenant,period=day | tokens or cost",
                "name=good,scope=tenant,period=day,tokens=1 | name 'good' is another one's"
            })
    void namesWhatIsWrong(String rule, String sentence) {
        BudgetSettings settings = settings("name=good,scope=tenant,period=day,tokens=1", rule);

        assertThatThrownBy(settings::rules)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("polyphony.budgets[1]: ")
                .hasMessageContaining(sentence);
    }

    /** @param rules each as {@code setting=value,…} */
    private static BudgetSettings settings(String... rules) {
        Map<String, String> properties = Stream.iterate(0, place -> place < rules.length, place -> place + 1)
                .flatMap(place -> Stream.of(rules[place].strip().split(","))
                        .map(setting -> "polyphony.budgets[%d].%s".formatted(place, setting)))
                .collect(Collectors.toMap(
                        setting -> setting.substring(0, setting.indexOf('=')),
                        setting -> setting.substring(setting.indexOf('=') + 1)));
        return bound(properties);
    }

    private static BudgetSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("polyphony", BudgetSettings.class);
    }
}
