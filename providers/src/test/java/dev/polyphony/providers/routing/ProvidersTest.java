package dev.polyphony.providers.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.polyphony.providers.http.OutboundAddresses;
import dev.polyphony.providers.http.OutboundHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
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
        ProviderConfig off = new ProviderConfig("embedded", null, null, null, null, null, false);

        assertThat(from(off))
                .extracting(ConfiguredProvider::name, ConfiguredProvider::priority, ConfiguredProvider::enabled)
                .containsExactly(tuple("embedded", 1000, false));
    }

    @Test
    void servesAnotherModelFileUnderAnotherName() throws IOException {
        Files.createFile(models.resolve("big.gguf"));
        ProviderConfig big = new ProviderConfig("big", "local", null, null, "big", 7, null);

        assertThat(from(big))
                .extracting(ConfiguredProvider::name, ConfiguredProvider::priority)
                .containsExactly(tuple("big", 7), tuple("local", 900), tuple("embedded", 1000));
    }

    @Test
    void failsNamingWhatIsMissing() {
        refuses("polyphony.providers.deepseek.base-url", openai("deepseek", null, "deepseek-chat"));
        refuses("polyphony.providers.deepseek.base-url", openai("deepseek", " ", "deepseek-chat"));
        refuses("polyphony.providers.deepseek.model", openai("deepseek", URL, null));
        refuses(
                "polyphony.providers.mine.model",
                new ProviderConfig("mine", "local", null, null, "none.gguf", null, null));
        refuses("polyphony.providers.local.model", new ProviderConfig("local", null, null, null, null, null, null));
    }

    @Test
    void failsNamingWhatIsWrong() {
        refuses("polyphony.providers.deepseek.base-url", openai("deepseek", "not a url", "m"));
        refuses("polyphony.providers.deepseek.base-url", openai("deepseek", "ftp://93.184.215.14", "m"));
        refuses("polyphony.http.allowed-private-addresses", openai("ollama", "http://127.0.0.1:11434/v1", "m"));
        refuses("polyphony.providers.mine.kind", new ProviderConfig("mine", "magic", null, null, null, null, null));
        refuses("polyphony.providers.mine.kind", new ProviderConfig("mine", null, null, null, null, null, null));
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
        return new Providers(http.client(), addresses, models).from(List.of(configs));
    }

    private static ProviderConfig openai(String name, @Nullable String baseUrl, @Nullable String model) {
        return new ProviderConfig(name, "openai", baseUrl, "secret-key", model, null, null);
    }
}
