package dev.polyphony.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Keeps {@code docs/settings.md} what the code says; {@code -Dpolyphony.settings.update=true} writes it anew. */
class SettingCatalogueTest {
    private static final Path REFERENCE = Path.of("../docs/settings.md");
    private static final Path GUIDE = Path.of("../docs/configuration.md");
    private static final Pattern GUIDE_ROW =
            Pattern.compile("^\\|(?:[^|]*\\|)? `(polyphony\\.[a-z.-]+)` \\| `([^`]*)` \\|", Pattern.MULTILINE);
    private static final String HEAD = """
        # Settings

        Every setting, as `polyphony settings` lists them; [configuration.md](configuration.md) explains them. Generated from the code: `mvn test -pl
        orchestration-app -am -Dtest=SettingCatalogueTest -Dsurefire.failIfNoSpecifiedTests=false -Dpolyphony.settings.update=true` writes it anew.

        | property | environment variable | default | meaning |
        |---|---|---|---|
        """;

    @Test
    void hasAMeaningForEverySettingOfOurs() {
        assertThat(SettingNames.load().meanings().keySet())
                .filteredOn(name -> name.startsWith("polyphony.") && !name.equals("polyphony.exit-when-ready"))
                .containsExactlyInAnyOrderElementsOf(SettingCatalogue.ours().keySet());
    }

    @Test
    void isTheReference() throws IOException {
        String reference = SettingCatalogue.all().stream()
                .map(setting -> "| `%s` | `%s` | %s | %s |%n"
                        .formatted(
                                setting.name(),
                                setting.variable(),
                                setting.defaultValue().isEmpty() ? "none" : "`" + setting.defaultValue() + "`",
                                setting.meaning()))
                .collect(Collectors.joining("", HEAD, ""));
        if (Boolean.getBoolean("polyphony.settings.update")) {
            Files.writeString(REFERENCE, reference);
        }
        assertThat(REFERENCE).content().isEqualTo(reference);
    }

    @Test
    void agreesWithTheGuide() throws IOException {
        Map<String, String> defaults =
                SettingCatalogue.all().stream().collect(Collectors.toMap(Setting::name, Setting::defaultValue));
        List<MatchResult> rows =
                GUIDE_ROW.matcher(Files.readString(GUIDE)).results().toList();

        assertThat(rows).hasSizeGreaterThan(10).allSatisfy(row -> {
            assertThat(defaults).containsKey(row.group(1));
            String value = String.valueOf(defaults.get(row.group(1)));
            assertThat(row.group(2)).as(row.group(1)).matches(guide -> guide.equals(value) || isNamed(guide, value));
        });
    }

    /** Where the guide says in words what an empty value means. */
    private static boolean isNamed(String guide, String value) {
        return value.isEmpty() && guide.startsWith("<data-dir>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "polyphony.data-dir",
                "polyphony.dataDir",
                "POLYPHONY_DATA_DIR",
                "POLYPHONY_DATADIR",
                "polyphony.providers.deep-seek.base-url",
                "POLYPHONY_PROVIDERS_DEEPSEEK_BASEURL",
                "polyphony.budgets[0].name",
                "POLYPHONY_BUDGETS_0_NAME",
                "polyphony.webhooks.retry-waits[2]",
                "polyphony.exit-when-ready"
            })
    void knowsASettingHoweverItIsWritten(String name) {
        assertThatCode(() -> start("commandLineArgs", name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "polyphony.data-dri, 'polyphony.data-dri is no setting; did you mean polyphony.data-dir?'",
        "polyphony.projection.batch-size, 'polyphony.projection.batch-size is no setting; did you mean"
                + " polyphony.projections.batch-size?'",
        "polyphony.providers.x.speed, 'polyphony.providers.x.speed is no setting'",
        "polyphony.entirely.else, polyphony.entirely.else is no setting"
    })
    void refusesANameThatIsNoSetting(String name, String complaint) {
        assertThatThrownBy(() -> start("commandLineArgs", name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(complaint);
        assertThatThrownBy(() -> start("Config resource 'file [application.yml]'", name))
                .hasMessageStartingWith(complaint);
        assertThatCode(() -> start("systemEnvironment", name)).doesNotThrowAnyException();
        assertThatCode(() -> start("systemProperties", name)).doesNotThrowAnyException();
    }

    private static void start(String source, String name) {
        try (var server = new GenericApplicationContext()) {
            server.getEnvironment().getPropertySources().remove("systemEnvironment");
            server.getEnvironment().getPropertySources().addFirst(new MapPropertySource(source, Map.of(name, "x")));
            new CheckSettingNames().initialize(server);
        }
    }
}
