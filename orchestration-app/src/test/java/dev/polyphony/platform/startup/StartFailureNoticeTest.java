package dev.polyphony.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.polyphony.platform.DataDirectory;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Max;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.api.FlywayException;
import org.hibernate.validator.constraints.time.DurationMax;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

/** What the person who starts the server reads when it does not start. */
class StartFailureNoticeTest {
    private final MockEnvironment settings = new MockEnvironment()
            .withProperty("spring.datasource.url", "jdbc:postgresql://me:secret@db:5432/shop?password=secret")
            .withProperty("server.address", "10.0.0.1")
            .withProperty("server.port", "80");

    enum Colour {
        RED,
        DARK_BLUE
    }

    record Paint(
            @DefaultValue("red") Colour colour,
            @DefaultValue("1") @Max(3) int mostCoats,
            @DefaultValue("1s") @DurationMax(hours = 1) Duration dryFor,
            boolean gloss) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "polyphony.paint.most-coats | 4 | 'polyphony.paint.most-coats is ''4'' (on the command line), but must"
                        + " be less than or equal to 3.'",
                "polyphony.paint.dry-for | 61m | 'polyphony.paint.dry-for is ''61m'' (on the command line), but must"
                        + " be shorter than or equal to 1 hour.'",
                "polyphony.paint.dry-for | soon | 'polyphony.paint.dry-for is ''soon'' (on the command line), which is"
                        + " no duration such as 500ms, 10s or 5m.'",
                "polyphony.paint.colour | green | 'polyphony.paint.colour is ''green'' (on the command line), which is"
                        + " none of red, dark_blue.'",
                "polyphony.paint.gloss | perhaps | 'polyphony.paint.gloss is ''perhaps'' (on the command line), which"
                        + " is neither true nor false.'",
                "polyphony.paint.most-coats | many | 'polyphony.paint.most-coats is ''many'' (on the command line),"
                        + " which is no number.'",
                "polyphony.data-dir | ' ' | 'polyphony.data-dir is '' '' (on the command line), but must not be"
                        + " blank.'",
            })
    void namesASettingItsValueAndItsLimit(String setting, String value, String what) {
        assertThat(noticeOfBinding(new MapPropertySource("commandLineArgs", Map.of(setting, value))))
                .isEqualTo("Polyphony did not start: " + what
                        + "\n"
                        + "  Correct it, or leave it out; `polyphony settings` lists every setting with its"
                        + " default.");
    }

    @Test
    void namesTheVariableOfTheEnvironment() {
        assertThat(noticeOfBinding(new SystemEnvironmentPropertySource(
                        "systemEnvironment", Map.of("POLYPHONY_PAINT_MOSTCOATS", "many"))))
                .contains("polyphony.paint.most-coats is 'many' (POLYPHONY_PAINT_MOSTCOATS in the environment)");
    }

    @ParameterizedTest
    @CsvSource({
        "08001, does not answer (a reason)., Start it",
        "08006, does not answer (a reason)., Start it",
        "57P03, does not answer (a reason)., Start it",
        "28P01, lets nobody in like that (a reason)., Check SPRING_DATASOURCE_URL",
        "28000, lets nobody in like that (a reason)., Check SPRING_DATASOURCE_URL",
        "3D000, is not there (a reason)., Create it",
        "42501, refuses: a reason., Check SPRING_DATASOURCE_URL",
        "53300, has no room (a reason)., Give it"
    })
    void saysWhatIsWrongWithADatabaseAndHidesItsPassword(String state, String what, String how) {
        String notice = notice(new SQLException("timed out", null, new SQLException("a reason\n  at length", state)));

        assertThat(notice)
                .startsWith("Polyphony did not start: the database at jdbc:postgresql://db:5432/shop " + what + "\n  "
                        + how)
                .doesNotContain("secret");
    }

    @Test
    void saysWhereItCannotListen() {
        assertThat(notice(new PortInUseException(8080)))
                .isEqualTo("Polyphony did not start: port 8080 is in use.\n  Stop what listens there, or choose another"
                        + " port with SERVER_PORT (--server.port).");
        assertThat(notice(new WebServerException("no", new BindException("Permission denied"))))
                .startsWith("Polyphony did not start: it cannot listen on 10.0.0.1, port 80 (Permission denied).\n");
    }

    @Test
    void saysWhichFileIsAmiss() {
        assertThat(notice(new AccessDeniedException("/srv/key")))
                .contains("may not read or write /srv/key.\n  Give it to that user");
        assertThat(notice(new NoSuchFileException("/srv/key"))).contains("there is no /srv/key.\n  Put it back");
        assertThat(notice(new FileSystemException("/srv/key", null, "No space left on device")))
                .contains("/srv/key cannot be used (No space left on device).\n  Free");
    }

    @Test
    void passesOnWhatAContextSaysOfItsSettings() {
        assertThat(notice(new IllegalArgumentException("polyphony.providers.x.kind is nonsense")))
                .startsWith("Polyphony did not start: polyphony.providers.x.kind is nonsense.\n  Correct it");
        assertThat(notice(new IllegalStateException("The key cannot be unwrapped: polyphony.master-key is another.")))
                .startsWith("Polyphony did not start: The key cannot be unwrapped: polyphony.master-key is another.\n");
        assertThat(notice(new InvalidConfigurationPropertyValueException("server.port", "abc", "no number")))
                .startsWith("Polyphony did not start: server.port is 'abc' (no number).\n  Correct it");
        assertThat(notice(new FlywayException("Validate failed\nat length")))
                .startsWith("Polyphony did not start: the tables in the database are not this version's (Validate"
                        + " failed).\n");
    }

    @Test
    void leavesABugToItsStackTrace() {
        assertThat(analysis(new IllegalStateException("dev.polyphony.Thing is broken")))
                .isNull();
        assertThat(analysis(new SQLException("syntax error", "42601"))).isNull();
    }

    private String noticeOfBinding(PropertySource<?> source) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(source);
        var validation = new ValidationBindHandler(new SpringValidatorAdapter(
                Validation.buildDefaultValidatorFactory().getValidator()));
        Binder binder = Binder.get(environment);
        Throwable failure = catchThrowable(() -> {
            binder.bindOrCreate("polyphony.paint", Bindable.of(Paint.class), validation);
            binder.bindOrCreate("polyphony", Bindable.of(DataDirectory.class), validation);
        });
        return text(analysis(new BeanCreationException("a bean", "was not made", failure), environment));
    }

    private String notice(Throwable cause) {
        return text(analysis(new BeanCreationException("a bean", "was not made", cause)));
    }

    private @Nullable FailureAnalysis analysis(Throwable failure) {
        return analysis(failure, settings);
    }

    private static @Nullable FailureAnalysis analysis(Throwable failure, Environment settings) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, ArgumentResolver.of(Environment.class, settings), (_, _, _) -> {})
                .stream()
                .filter(CauseAnalyzer.class::isInstance)
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static String text(@Nullable FailureAnalysis analysis) {
        String text = StartFailureNotice.text(Objects.requireNonNull(analysis));
        assertThat(text.lines()).hasSize(2);
        return text;
    }
}
