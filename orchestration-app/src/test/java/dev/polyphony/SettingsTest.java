package dev.polyphony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.identity.wiring.FirstKeySettings;
import dev.polyphony.platform.DataDirectory;
import jakarta.validation.Validation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

/** The settings of all contexts together, bound and validated as at a start. */
class SettingsTest {
    private static final List<Class<?>> ALL = all();
    private static final Validator VALIDATOR =
            new SpringValidatorAdapter(Validation.buildDefaultValidatorFactory().getValidator());

    @Test
    void areAllOptional() {
        assertThat(ALL).hasSizeGreaterThan(10);
        assertThatCode(() -> bind(Map.of())).doesNotThrowAnyException();
    }

    @Test
    void areReadFromTheDocumentedVariablesOfTheEnvironment() {
        Binder binder =
                new Binder(Objects.requireNonNull(ConfigurationPropertySource.from(new SystemEnvironmentPropertySource(
                        "systemEnvironment",
                        Map.of("POLYPHONY_DATA_DIR", "/srv/polyphony", "POLYPHONY_API_KEY", "secret")))));

        assertThat(binder.bind("polyphony", DataDirectory.class).get().dataDir())
                .isEqualTo("/srv/polyphony");
        assertThat(binder.bind("polyphony", FirstKeySettings.class).get().apiKey())
                .isEqualTo("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "polyphony.projections.batch-size | 0 | batchSize | greater than or equal to 1",
                "polyphony.projections.batch-size | 1001 | batchSize | less than or equal to 1000",
                "polyphony.projections.segments | 33 | segments | less than or equal to 32",
                "polyphony.history.max-waiting-writes | 0 | maxWaitingWrites | greater than or equal to 1",
                "polyphony.history.max-waiting-writes | 1000001 | maxWaitingWrites | less than or equal to 1000000",
                "polyphony.workflows.max-waiting-steps | 0 | maxWaitingSteps | greater than or equal to 1",
                "polyphony.workflows.max-waiting-steps | 1000001 | maxWaitingSteps | less than or equal to 1000000",
                "polyphony.history.checkpoint-interval | 0 | checkpointInterval | greater than or equal to 1",
                "polyphony.history.checkpoint-max-delay | 0s | checkpointMaxDelay | longer than or equal to 1 second",
                "polyphony.history.checkpoint-max-delay | 9000h | checkpointMaxDelay | shorter than or equal to 365"
                        + " days",
                "polyphony.gateway.timeout | 999ms | timeout | longer than or equal to 1 second",
                "polyphony.gateway.timeout | 25h | timeout | shorter than or equal to 24 hours",
                "polyphony.probes.interval | 1s | interval | longer than or equal to 1 minute",
                "polyphony.probes.interval | 25h | interval | shorter than or equal to 24 hours",
                "polyphony.budget-retention | 34d | budgetRetention | longer than or equal to 35 days",
                "polyphony.budget-retention | 36501d | budgetRetention | shorter than or equal to 36500 days",
                "polyphony.budget-retention | -1d | budgetRetention | longer than or equal to 35 days",
                "polyphony.budgets[0].name | any | scope | must not be null",
                "polyphony.workflows.max-concurrent-steps | 0 | maxConcurrentSteps | greater than or equal to 1",
                "polyphony.workflows.step-timeout | 25h | stepTimeout | shorter than or equal to 24 hours",
                "polyphony.routing.failures-to-open | 0 | failuresToOpen | greater than or equal to 1",
                "polyphony.webhooks.max-in-flight | 0 | maxInFlight | greater than or equal to 1",
                "polyphony.webhooks.retry-waits | 1s,0s | retryWaits[1] | longer than or equal to 1 milli",
                "polyphony.data-dir | ' ' | dataDir | must not be blank"
            })
    void namesTheSettingAndItsLimit(String setting, String value, String field, String limit) {
        assertThatThrownBy(() -> bind(Map.of(setting, value)))
                .rootCause()
                .hasMessageContaining("on field '" + field + "'")
                .hasMessageContaining(limit);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "polyphony.routing.strategy | quickest",
                "polyphony.budgets[0].scope | team",
                "polyphony.budgets[0].period | week",
                "polyphony.budget-retention | soon"
            })
    void namesTheSettingWhoseValueIsNone(String setting, String value) {
        assertThatThrownBy(() -> bind(Map.of(setting, value)))
                .hasMessageContaining("'" + setting + "'")
                .rootCause()
                .hasMessageContaining(value);
    }

    private static void bind(Map<String, String> values) {
        Binder binder = new Binder(new MapConfigurationPropertySource(values));
        for (Class<?> type : ALL) {
            String prefix = type.getAnnotation(ConfigurationProperties.class).value();
            BindHandler handler = type.isAnnotationPresent(Validated.class)
                    ? new ValidationBindHandler(VALIDATOR)
                    : BindHandler.DEFAULT;
            binder.bindOrCreate(prefix, Bindable.of(type), handler);
        }
    }

    private static List<Class<?>> all() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents("dev.polyphony").stream()
                .<Class<?>>map(found -> ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null))
                .toList();
    }
}
