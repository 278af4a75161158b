package dev.polyphony.budgets;

import static dev.polyphony.budgets.BudgetExamples.ACME;
import static dev.polyphony.budgets.BudgetExamples.FIXER;
import static dev.polyphony.budgets.BudgetExamples.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.budgets.BudgetPeriod.Window;
import dev.polyphony.shared.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetRuleTest {
    private static final TenantId OTHER = new TenantId("other");

    @ParameterizedTest
    @CsvSource({
        "TENANT, , , tenant:acme",
        "TENANT, acme, , tenant:acme",
        "TENANT, other, , ",
        "AGENT, , , agent:fix-agent",
        "AGENT, , fix-agent, agent:fix-agent",
        "AGENT, , decision-agent, ",
        "AGENT, other, fix-agent, ",
        "RUN, , , run:review-1",
        "RUN, other, , "
    })
    void meansWhomItNames(BudgetScope scope, @Nullable String tenant, @Nullable String agent, @Nullable String owner) {
        BudgetRule rule = rule("b", scope, tenant == null ? null : new TenantId(tenant), agent, limits(1, null));

        assertThat(rule.owner(FIXER)).isEqualTo(owner);
    }

    @Test
    void meansNobodyWhoIsNotThere() {
        Spender nobody = new Spender(OTHER, null, null);

        assertThat(rule("b", BudgetScope.AGENT, null, null, limits(1, null)).owner(nobody))
                .isNull();
        assertThat(rule("b", BudgetScope.RUN, null, null, limits(1, null)).owner(nobody))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Daily!, TENANT, , 1, name is 1 to 64",
        "'', TENANT, , 1, name is 1 to 64",
        "daily, TENANT, fix-agent, 1, agent goes with",
        "daily, TENANT, , , tokens or cost",
        "daily, TENANT, , -1, tokens is at least 0"
    })
    void refusesWhatMakesNoSense(
            String name, BudgetScope scope, @Nullable String agent, @Nullable Integer tokens, String sentence) {
        assertThatThrownBy(() -> rule(name, scope, ACME, agent, limits(tokens, null)))
                .hasMessageContaining(sentence);
    }

    @Test
    void refusesARunThatIsRenewedAndANegativeCost() {
        assertThatThrownBy(() -> new BudgetRule("b", BudgetScope.RUN, null, null, BudgetPeriod.DAY, limits(1, null)))
                .hasMessageContaining("period of a run's budget is none");
        assertThatThrownBy(() -> rule("b", BudgetScope.TENANT, null, null, limits(null, "-0.01")))
                .hasMessageContaining("cost is at least 0");
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-12-31T23:59:59.999Z, 2026-12-31, 2026-12-31T00:00:00Z, 2027-01-01T00:00:00Z",
        "DAY, 2027-01-01T00:00:00Z, 2027-01-01, 2027-01-01T00:00:00Z, 2027-01-02T00:00:00Z",
        "MONTH, 2026-12-31T23:59:59.999Z, 2026-12, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "NONE, 2026-12-31T23:59:59.999Z, all, , "
    })
    void goesByTheCalendarInUtc(
            BudgetPeriod period, Instant moment, String name, @Nullable Instant start, @Nullable Instant end) {
        assertThat(period.at(moment)).isEqualTo(new Window(name, start, end));
        assertThat(BudgetPeriod.named(name)).isEqualTo(new Window(name, start, end));
    }

    private static BudgetRule rule(
            String name, BudgetScope scope, @Nullable TenantId tenant, @Nullable String agent, BudgetLimits limits) {
        return new BudgetRule(name, scope, tenant, agent, BudgetPeriod.NONE, limits);
    }
}
