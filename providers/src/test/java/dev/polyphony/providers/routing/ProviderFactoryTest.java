package dev.polyphony.providers.routing;

import dev.polyphony.outbound.http.OutboundAddresses;
import dev.polyphony.outbound.http.OutboundHttp;
import dev.polyphony.providers.resilience.ProviderLimits;
import dev.polyphony.providers.routing.ProviderConfig.Bounds;
import dev.polyphony.providers.routing.ProviderConfig.Waits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderFactoryTest {
    private static final String URL = "https://93.184.215.14/v1";

    @TempDir
    Path models;

    private final OutboundAddresses addresses = new OutboundAddresses(List.of("localhost:11434"), Dns.SYSTEM);
    private final OutboundHttp http = new OutboundHttp(addresses, Duration.ofSeconds(5));

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void hasTheEmbeddedModelWhenNothingIsConfigured() {
        assertThat(from())
                .extracting(ConfiguredProvider::name, ConfiguredProvider::kind, ConfiguredProvider::priority)
                .containsExactly(tuple("embedded", "embedded", 1000));
    }

    @Test
    void hasALocalModelWhenAFileLiesThere() throws IOException {
        Files.createFile(models.resolve("tiny.gguf"));

        assertThat(from())
                .extracting(
                        ConfiguredProvider::name,
                        ConfiguredProvider::priority,
                        it -> it.provider().model())
                .containsExactly(tuple("local", 900, "tiny"), tuple("embedded", 1000, "extractive-all-minilm-l6-v2-q"));
    }

    @Test
    void putsConfiguredProvidersBeforeTheBuiltInOnes() {
        assertThat(from(
                        openai("deepseek", URL, "deepseek-chat"),
                        openai("ollama", "http://localhost:11434/v1", "qwen")))
                .extracting(ConfiguredProvider::name, ConfiguredProvider::priority, ConfiguredProvider::enabled)
                .containsExactly(
                        tuple("deepseek", 100, true), tuple("ollama", 100, true), tuple("embedded", 1000, true));
    }

    @Test
    void letsABuiltInProviderBeSwitchedOff() {
        ProviderConfig off = off("embedded");

        assertThat(from(off))
                .extracting(ConfiguredProvider::name, ConfiguredProvider::priority, ConfiguredProvider::enabled)
                .containsExactly(tuple("embedded", 1000, false));
    }

    @Test
    void servesAnotherModelFileUnderAnotherName() throws IOException {
        Files.createFile(models.resolve("big.gguf"));
        ProviderConfig big = config("big", "local", null, "big", 7);

        assertThat(from(big))
                .extracting(ConfiguredProvider::name, ConfiguredProvider::priority)
                .containsExactly(tuple("big", 7), tuple("local", 900), tuple("embedded", 1000));
    }

    @Test
    void listsTheCatalogueWithoutAskingAnyOfIt() {
        List<ConfiguredProvider> all = from(ProviderCatalogue.load(), Map.of("DEEPSEEK_API_KEY", " "));

        assertThat(all).hasSize(17);
        assertThat(all.subList(0, 16))
                .allMatch(provider -> !provider.enabled() && provider.known() != null)
                .extracting(ConfiguredProvider::priority)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(all.getFirst().disabledBecause())
                .isEqualTo("there is no key; set DEEPSEEK_API_KEY or polyphony.providers.deepseek.api-key");
        assertThat(all.getFirst().title()).isEqualTo("DeepSeek V3.1");
        assertThat(all.getLast().name()).isEqualTo("embedded");
    }

    @Test
    void asksAProviderOfTheCatalogueThatHasAKey() {
        List<ConfiguredProvider> all = from(ProviderCatalogue.load(), Map.of("GEMINI_API_KEY", "secret-key"), keyed("claude"));

        assertThat(all)
                .filteredOn(ConfiguredProvider::enabled)
                .extracting(
                        ConfiguredProvider::name,
                        ConfiguredProvider::kind,
                        it -> it.provider().model())
                .containsExactly(
                        tuple("claude", "anthropic", "claude-sonnet-4-5"),
                        tuple("gemini", "gemini", "gemini-2.5-flash"),
                        tuple("embedded", "embedded", "extractive-all-minilm-l6-v2-q"));
    }

    @Test
    void changesWhatIsConfiguredAndKeepsTheRest() {
        ProviderConfig mine = config("deepseek", null, "http://localhost:11434/v1", null, 3);
        ProviderConfig off = off("qwen");

        List<ConfiguredProvider> all = from(ProviderCatalogue.load(), Map.of("QWEN_API_KEY", "secret-key"), mine, off);

        assertThat(all.getFirst())
                .extracting(
                        ConfiguredProvider::enabled,
                        ConfiguredProvider::priority,
                        it -> it.provider().model())
                .as("a server of one's own needs no key")
                .containsExactly(true, 3, "deepseek-chat");
        assertThat(all.get(1).disabledBecause()).isEqualTo("polyphony.providers.qwen.enabled is false");
        assertThat(all).hasSize(17);
    }

    @Test
    void knowsEveryEntryOfTheCatalogue() {
        assertThat(ProviderCatalogue.load().entries()).hasSize(16).allSatisfy(entry -> {
            assertThat(entry.title()).isNotBlank();
            assertThat(entry.baseUrl()).startsWith("https://").doesNotEndWith("/");
            assertThat(entry.contextTokens()).isGreaterThanOrEqualTo(32_768);
            assertThat(ProviderKind.of(entry.kind())).isPresent();
        });
    }

    @Test
    void readsTimeoutsAndHowJsonIsAskedFor() {
        Waits waits = new Waits(null, Duration.ZERO, null, null);
        refuses(
                "polyphony.providers.mine.first-token-timeout is 1 ms to 24 h",
                new ProviderConfig("mine", "openai", URL, null, "m", null, null, null, null, waits, Bounds.DEFAULT));
        refuses(
                "polyphony.providers.mine.json is one of schema, object, instructions, not 'yes'",
                new ProviderConfig(
                        "mine", "openai", URL, null, "m", null, "yes", null, null, Waits.DEFAULT, Bounds.DEFAULT));
        refuses("polyphony.providers.mine.api-key", config("mine", "anthropic", URL, "m", null));
        assertThat(from(config("mine", "ollama", "http://localhost:11434", "m", null))
                        .getFirst()
                        .enabled())
                .isTrue();
    }

    private static ProviderConfig keyed(String name) {
        return new ProviderConfig(
                name, null, null, "secret-key", null, null, null, null, null, Waits.DEFAULT, Bounds.DEFAULT);
    }

    @Test
    void failsNamingWhatIsMissing() {
        refuses("polyphony.providers.deepseek.base-url", openai("deepseek", null, "deepseek-chat"));
        refuses("polyphony.providers.deepseek.base-url", openai("deepseek", " ", "deepseek-chat"));
        refuses("polyphony.providers.deepseek.model", openai("deepseek", URL, null));
        refuses("polyphony.providers.mine.model", config("mine", "local", null, "none.gguf", null));
        refuses("polyphony.providers.local.model", config("local", null, null, null, null));
    }

    @Test
    void failsNamingWhatIsWrong() {
        refuses("polyphony.providers.deepseek.base-url", openai("deepseek", "not a url", "m"));
        refuses("polyphony.providers.deepseek.base-url", openai("deepseek", "ftp://93.184.215.14", "m"));
        refuses("polyphony.http.allowed-private-addresses", openai("ollama", "http://127.0.0.1:11434/v1", "m"));
        refuses("polyphony.providers.mine.kind", config("mine", "magic", null, null, null));
        refuses("polyphony.providers.mine.kind", config("mine", null, null, null, null));
        refuses("Bad Name", openai("Bad Name", URL, "m"));
        refuses("used twice", openai("a", URL, "m"), openai("a", URL, "m"));
    }

    @Test
    void keepsKeysOutOfLogs() {
        assertThat(openai("deepseek", URL, "m").toString()).contains("deepseek").doesNotContain("secret-key");
    }

    private void refuses(String words, ProviderConfig... configs) {
        assertThatIllegalArgumentException().isThrownBy(() -> from(configs)).withMessageContaining(words);
    }

    private List<ConfiguredProvider> from(ProviderConfig... configs) {
        return from(ProviderCatalogue.empty(), Map.of(), configs);
    }

    private List<ConfiguredProvider> from(
            ProviderCatalogue catalogue, Map<String, String> environment, ProviderConfig... configs) {
        return new ProviderFactory(http.client(), addresses, models, catalogue, environment::get)
                .from(List.of(configs), ProviderLimits.DEFAULT);
    }

    private static ProviderConfig config(
            String name,
            @Nullable String kind,
            @Nullable String baseUrl,
            @Nullable String model,
            @Nullable Integer priority) {
        return new ProviderConfig(
                name, kind, baseUrl, null, model, null, null, priority, null, Waits.DEFAULT, Bounds.DEFAULT);
    }

    private static ProviderConfig off(String name) {
        return new ProviderConfig(name, null, null, null, null, null, null, null, false, Waits.DEFAULT, Bounds.DEFAULT);
    }

    private static ProviderConfig openai(String name, @Nullable String baseUrl, @Nullable String model) {
        return new ProviderConfig(
                name, "openai", baseUrl, "secret-key", model, null, null, null, null, Waits.DEFAULT, Bounds.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-se\u201Ccret", "sk-sec\nret", "sk-sec ret", "sk-secret\u200B"})
    void refusesAKeyThatNoHeaderTakesWithoutTellingIt(String key) {
        ProviderConfig odd = new ProviderConfig(
                "mine", "anthropic", URL, key, "m", null, null, null, null, Waits.DEFAULT, Bounds.DEFAULT);

        assertThatThrownBy(() -> from(odd))
                .hasMessageContaining("polyphony.providers.mine.api-key")
                .hasMessageNotContaining("sk-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?key=hidden", "#part"})
    void refusesABaseUrlThatNothingCanBeAppendedTo(String end) {
        refuses("polyphony.providers.mine.base-url", openai("mine", URL + end, "m"));
    }
}
