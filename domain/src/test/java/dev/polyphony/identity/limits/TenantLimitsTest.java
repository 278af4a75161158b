package dev.polyphony.identity.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.identity.Tier;
import dev.polyphony.identity.limits.TenantLimitsCommand.ChangeLimits;
import dev.polyphony.identity.limits.TenantLimitsEvent.LimitsChanged;
import dev.polyphony.shared.TenantId;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantLimitsTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantLimitsId ID = TenantLimitsId.of(ACME);
    private static final Limits FIVE = new Limits(Map.of(Limit.AMAS_PER_HOUR, 5L));

    private final AggregateTestFixture<TenantLimits> fixture = new AggregateTestFixture<>(TenantLimits.class);

    @Test
    void changesLimits() {
        fixture.givenNoPriorActivity()
                .when(new ChangeLimits(ID, ACME, FIVE))
                .expectEvents(new LimitsChanged(ID, ACME, FIVE));
    }

    @Test
    void changesNothingWhenTheyAreTheSame() {
        fixture.given(new LimitsChanged(ID, ACME, FIVE))
                .when(new ChangeLimits(ID, ACME, FIVE))
                .expectNoEvents();
    }

    @Test
    void goesBackToTheTiersLimits() {
        fixture.given(new LimitsChanged(ID, ACME, FIVE))
                .when(new ChangeLimits(ID, ACME, Limits.NONE))
                .expectEvents(new LimitsChanged(ID, ACME, Limits.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "FREE, STATESET_PER_MINUTE, 100",
        "PRO, STATESET_PER_MINUTE, 1000",
        "FREE, AMAS_PER_HOUR, 100",
        "FREE, AMAS_BURST, 10",
        "FREE, CONCURRENT_TASKS, 2",
        "BASIC, AMAS_PER_HOUR, 1000",
        "BASIC, AMAS_BURST, 50",
        "BASIC, CONCURRENT_TASKS, 10",
        "PRO, AMAS_PER_HOUR, 10000",
        "PRO, AMAS_BURST, 200",
        "PRO, CONCURRENT_TASKS, 50",
        "ENTERPRISE, AMAS_PER_HOUR, 10000000",
        "FREE, AIVILLAGE_PER_MINUTE, 60",
        "BASIC, AIVILLAGE_PER_HOUR, 1000",
        "PRO, AIVILLAGE_PER_MINUTE, 200",
        "PRO, AIVILLAGE_PER_HOUR, 5000",
        "ENTERPRISE, AIVILLAGE_PER_MINUTE, 500",
        "ENTERPRISE, AIVILLAGE_PER_HOUR, 10000",
        "PRO, ORCHESTRATOR_PER_MINUTE, 10",
        "PRO, SELF_IMPROVER_PER_MINUTE, 5",
        "PRO, ISSUE_RESPONDER_PER_MINUTE, 20",
        "PRO, PROVIDER_MANAGEMENT_PER_MINUTE, 30",
        "ENTERPRISE, ORCHESTRATOR_PER_MINUTE, 10000000"
    })
    void hasTheNumbersOfTheDocuments(Tier tier, Limit limit, long value) {
        assertThat(Limits.of(tier).get(limit)).isEqualTo(value);
    }

    @ParameterizedTest
    @EnumSource
    void knowsEveryLimitOfEveryTier(Tier tier) {
        assertThat(Limits.of(tier).values()).containsOnlyKeys(Limit.values());
    }

    @Test
    void putsWhatIsDecidedOverTheTiers() {
        Limits both = Limits.of(Tier.FREE).with(FIVE);

        assertThat(both.get(Limit.AMAS_PER_HOUR)).isEqualTo(5);
        assertThat(both.get(Limit.AMAS_BURST)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Limits.MAX + 1, Long.MIN_VALUE, Long.MAX_VALUE})
    void refusesNumbersThatAreNoLimit(long value) {
        assertThatThrownBy(() -> new Limits(Map.of(Limit.AMAS_BURST, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("amas_burst is 1 to 1000000000000, not " + value);
    }
}
