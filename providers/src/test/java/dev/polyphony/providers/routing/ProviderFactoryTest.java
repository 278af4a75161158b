package dev.polyphony.providers.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.polyphony.outbound.OutboundProblem;
import dev.polyphony.providers.config.ConfigResolver;
import dev.polyphony.providers.config.ProviderCatalogue;
import dev.polyphony.providers.config.ProviderKind;
import dev.polyphony.providers.config.ProviderLimits;
import dev.polyphony.providers.config.ProviderProperties;
import dev.polyphony.providers.contract.PlainHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ProviderFactoryTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String URL = "https://93.184.215.14/v1";

    @TempDir
    Path models;

    private final PlainHttp http = new PlainHttp();

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void hasTheEmbeddedModelWhenNothingIsConfigured() {
        assertThat(from())
                .extracting(
                        ConfiguredProvider::name,
                        it -> it.config().kind().word(),
                        it -> it.config().settings().priority())
                .containsExactly(tuple("embedded", "embedded", 1000));
    }

    @Test
    void hasALocalModelWhenAFileLiesThere() throws IOException {
        Files.createFile(models.resolve("tiny.gguf"));

        assertThat(from())
                .extracting(
                        ConfiguredProvider::name,
                        it -> it.config().settings().priority(),
                        it -> it.provider().model())
                .containsExactly(tuple("local", 900, "tiny"), tuple("embedded", 1000, "extractive-all-minilm-l6-v2-q"));
    }

    @Test
    void putsConfiguredProvidersBeforeTheBuiltInOnes() {
        assertThat(from(
                        openai("deepseek", URL, "deepseek-chat"),
                        openai("ollama", "http://localhost:11434/v1", "qwen")))
                .extracting(
                        ConfiguredProvider::name,
                        it -> it.config().settings().priority(),
                        it -> it.config().settings().enabled())
                .containsExactly(
                        tuple("deepseek", 100, true), tuple("ollama", 100, true), tuple("embedded", 1000, true));
    }

    @Test
    void letsABuiltInProviderBeSwitchedOff() {
        Given off = off("embedded");

        assertThat(from(off))
                .extracting(
                        ConfiguredProvider::name,
                        it -> it.config().settings().priority(),
                        it -> it.config().settings().enabled())
                .containsExactly(tuple("embedded", 1000, false));
    }

    @Test
    void servesAnotherModelFileUnderAnotherName() throws IOException {
        Files.createFile(models.resolve("big.gguf"));
        Given big = config("big", "local", null, "big", 7);

        assertThat(from(big))
                .extracting(
                        ConfiguredProvider::name, it -> it.config().settings().priority())
                .containsExactly(tuple("big", 7), tuple("local", 900), tuple("embedded", 1000));
    }

    @Test
    void listsTheCatalogueWithoutAskingAnyOfIt() {
        List<ConfiguredProvider> all = from(ProviderCatalogue.load(), Map.of("DEEPSEEK_API_KEY", " "));

        assertThat(all).hasSize(17);
        assertThat(all.subList(0, 16))
                .allMatch(it -> !it.config().settings().enabled()
                        && !it.config().title().equals(it.name()))
                .extracting(it -> it.config().settings().priority())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(all.getFirst().config().disabledReason())
                .isEqualTo("there is no key; set DEEPSEEK_API_KEY or polyphony.providers.deepseek.api-key");
        assertThat(all.getFirst().config().title()).isEqualTo("DeepSeek");
        assertThat(all.getLast().name()).isEqualTo("embedded");
    }

    @Test
    void asksAProviderOfTheCatalogueThatHasAKey() {
        List<ConfiguredProvider> all =
                from(ProviderCatalogue.load(), Map.of("GEMINI_API_KEY", "secret-key"), keyed("claude"));

        assertThat(all)
                .filteredOn(it -> it.config().settings().enabled())
                .extracting(
                        ConfiguredProvider::name,
                        it -> it.config().kind().word(),
                        it -> it.provider().model())
                .containsExactly(
                        tuple("claude", "anthropic", "claude-sonnet-4-5"),
                        tuple("gemini", "gemini", "unavailable"),
                        tuple("embedded", "embedded", "extractive-all-minilm-l6-v2-q"));
    }

    @Test
    void changesWhatIsConfiguredAndKeepsTheRest() {
        Given mine = config("deepseek", null, "http://localhost:11434/v1", null, 3);
        Given off = off("qwen");

        List<ConfiguredProvider> all = from(ProviderCatalogue.load(), Map.of("QWEN_API_KEY", "secret-key"), mine, off);

        assertThat(all.getFirst())
                .extracting(
                        it -> it.config().settings().enabled(),
                        it -> it.config().settings().priority(),
                        it -> it.provider().model())
                .as("a server of one's own needs no key")
                .containsExactly(true, 3, "unavailable");
        assertThat(all.get(1).config().disabledReason()).isEqualTo("polyphony.providers.qwen.enabled is false");
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
        refuses(
                "polyphony.providers.mine.first-token-timeout is 1 ms to 24 h",
                given("mine", server("openai", URL, "m").put("firstTokenTimeout", "PT0S")));
        refuses(
                "polyphony.providers.mine.json is one of schema, object, instructions, not 'yes'",
                given("mine", server("openai", URL, "m").put("json", "yes")));
        refuses("polyphony.providers.mine.api-key", config("mine", "anthropic", URL, "m", null));
        assertThat(from(config("mine", "ollama", "http://localhost:11434", "m", null))
                        .getFirst()
                        .config()
                        .settings()
                        .enabled())
                .isTrue();
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
        refuses("polyphony.providers.mine.kind", config("mine", "magic", null, null, null));
        refuses("polyphony.providers.mine.kind", config("mine", null, null, null, null));
        refuses("Bad Name", openai("Bad Name", URL, "m"));
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI_API_KEY, gpt4",
        "ANTHROPIC_API_KEY, claude",
        "GEMINI_API_KEY, gemini",
        "GOOGLE_API_KEY, gemini",
        "GROQ_API_KEY, groq",
        "MISTRAL_API_KEY, mistral",
        "DEEPSEEK_API_KEY, deepseek",
        "XAI_API_KEY, grok",
        "MOONSHOT_API_KEY, kimi",
        "OPENROUTER_API_KEY, gptoss",
        "COHERE_API_KEY, cohere",
        "OLLAMA_HOST, ollama"
    })
    void knowsTheUsualNamesOfKeys(String variable, String name) {
        String value = variable.equals("OLLAMA_HOST") ? "127.0.0.1:11434" : "secret-key";

        assertThat(from(ProviderCatalogue.load(), Map.of(variable, value)))
                .filteredOn(it -> it.config().settings().enabled())
                .extracting(ConfiguredProvider::name)
                .containsExactly(name, "embedded");
    }

    @Test
    void allowsThePrivateAddressThatAnOperatorNames() {
        assertThat(from(openai("mine", "http://127.0.0.1:11434/v1", "m"))
                        .getFirst()
                        .config()
                        .selection()
                        .privateAddress())
                .isTrue();
    }

    @Test
    void keepsKeysOutOfLogs() {
        assertThat(openai("deepseek", URL, "m").toString()).contains("deepseek").doesNotContain("secret-key");
        assertThat(from(openai("deepseek", URL, "m")).toString())
                .contains("deepseek")
                .doesNotContain("secret-key");
    }

    private void refuses(String words, Given... configs) {
        assertThatIllegalArgumentException().isThrownBy(() -> from(configs)).withMessageContaining(words);
    }

    private List<ConfiguredProvider> from(Given... configs) {
        return from(ProviderCatalogue.empty(), Map.of(), configs);
    }

    private List<ConfiguredProvider> from(
            ProviderCatalogue catalogue, Map<String, String> environment, Given... configs) {
        Map<String, ProviderProperties> configured = new LinkedHashMap<>();
        for (Given given : configs) {
            configured.put(given.name(), given.properties());
        }
        ConfigResolver resolver = new ConfigResolver(catalogue, environment::get, ProviderLimits.DEFAULT);
        return new ProviderFactory(http.client(), ProviderFactoryTest::check, models, resolver).from(configured);
    }

    /** As the guarded client's policy does it, of which the adapters have their own tests. */
    private static void check(URI url, String parameter) {
        if (!String.valueOf(url.getScheme()).startsWith("http")) {
            throw OutboundProblem.URL_INVALID.because(parameter + " is not an http URL");
        }
        if ("127.0.0.1".equals(url.getHost())) {
            throw OutboundProblem.ADDRESS_FORBIDDEN.because("add it to polyphony.http.allowed-private-addresses");
        }
    }

    /** What an operator says of one provider. */
    private record Given(String name, ProviderProperties properties) {}

    private static Given given(String name, ObjectNode properties) {
        return new Given(name, JSON.treeToValue(properties, ProviderProperties.class));
    }

    private static ObjectNode server(@Nullable String kind, @Nullable String baseUrl, @Nullable String model) {
        return JSON.createObjectNode().put("kind", kind).put("baseUrl", baseUrl).put("model", model);
    }

    private static Given config(
            String name,
            @Nullable String kind,
            @Nullable String baseUrl,
            @Nullable String model,
            @Nullable Integer priority) {
        return given(name, server(kind, baseUrl, model).put("priority", priority));
    }

    private static Given keyed(String name) {
        return given(name, JSON.createObjectNode().put("apiKey", "secret-key"));
    }

    private static Given off(String name) {
        return given(name, JSON.createObjectNode().put("enabled", false));
    }

    private static Given openai(String name, @Nullable String baseUrl, @Nullable String model) {
        return given(name, server("openai", baseUrl, model).put("apiKey", "secret-key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-se\u201Ccret", "sk-sec\nret", "sk-sec ret", "sk-secret\u200B"})
    void refusesAKeyThatNoHeaderTakesWithoutTellingIt(String key) {
        Given odd = given("mine", server("anthropic", URL, "m").put("apiKey", key));

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
