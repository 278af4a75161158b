package dev.polyphony.providers.management;

import static dev.polyphony.providers.management.ProviderExamples.configure;
import static dev.polyphony.providers.management.ProviderExamples.configured;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.Rejection.Parameter;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigureProviderTest {
    private final AggregateTestFixture<Provider> provider = new AggregateTestFixture<>(Provider.class);

    @Test
    void decidesForTheFirstTime() {
        provider.givenNoPriorActivity().when(configure(1, 30, true, 3)).expectEvents(configured(1, 30, true, 3));
    }

    @Test
    void keepsWhatIsNotChanged() {
        provider.given(configured(1, 30, true, null))
                .when(configure(null, 60, null, 0))
                .expectEvents(configured(1, 60, true, 0));
    }

    @Test
    void decidesNothingThatAlreadyCounts() {
        provider.given(configured(1, 30, true, 3))
                .when(configure(1, null, true, 3))
                .expectNoEvents();
    }

    @Test
    void goesByTheLastDecision() {
        provider.given(configured(1, null, true, null), configured(5, null, false, null))
                .when(configure(null, null, true, null))
                .expectEvents(configured(5, null, true, null));
    }

    @ParameterizedTest
    @CsvSource({
        "-2, , , priority, 0 to 1000000",
        "1000001, , , priority, 0 to 1000000",
        "-1, , , priority, 0 to 1000000",
        ", 0, , timeout, 1 to 86400",
        ", 86401, , timeout, 1 to 86400",
        ", , -1, max_retries, 0 to 10",
        ", , 11, max_retries, 0 to 10"
    })
    void refusesWhatIsOutOfItsLimits(
            Integer priority, Integer timeout, Integer maxRetries, String field, String expected) {
        Rejection refusal = catchThrowableOfType(Rejection.class, () -> configure(priority, timeout, null, maxRetries));

        assertThat(refusal.problem()).isEqualTo(ManagementProblem.INVALID_CONFIGURATION);
        assertThat(refusal.parameter())
                .extracting(Parameter::parameter, Parameter::expected)
                .containsExactly(field, expected);
        assertThat(refusal).hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0", "1000000, 86400, 10"})
    void takesTheLimitsThemselves(int priority, int timeout, int maxRetries) {
        assertThat(configure(priority, timeout, null, maxRetries).changes().priority())
                .isEqualTo(priority);
    }

    @Test
    void refusesAChangeOfNothing() {
        Rejection refusal = catchThrowableOfType(Rejection.class, () -> configure(null, null, null, null));

        assertThat(refusal.problem()).isEqualTo(ManagementProblem.INVALID_CONFIGURATION);
    }
}
