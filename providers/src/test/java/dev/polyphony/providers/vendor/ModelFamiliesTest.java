package dev.polyphony.providers.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.providers.config.ProviderCatalogue;
import dev.polyphony.providers.config.ProviderCatalogue.CataloguedProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFamiliesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deepseek | deepseek-chat deepseek-reasoner | deepseek-chat",
                "deepseek | deepseek-v3.2 deepseek-v4 deepseek-v4-preview deepseek-chat | deepseek-v4",
                "kimi | moonshot-v1-8k kimi-k2-0905-preview kimi-k2-turbo-preview kimi-k2.5 | kimi-k2.5",
                "grok | grok-3 grok-4-0709 grok-4.3 grok-imagine-image grok-4.20-beta | grok-4.3",
                "groq | whisper-large-v3 openai/gpt-oss-20b openai/gpt-oss-120b llama-3.1-8b-instant |"
                        + " openai/gpt-oss-120b",
                "groq | meta-llama/llama-guard-4-12b llama-4-70b playai-tts | llama-4-70b",
                "gemini | gemini-2.5-pro gemini-2.5-flash gemini-3-flash-preview gemini-3.5-flash gemini-embedding-001"
                        + " gemini-3.5-flash-lite | gemini-3.5-flash"
            })
    void choosesTheHighestReleasedVersionOfTheFirstFamily(String provider, String listed, String chosen) {
        CataloguedProvider known = ProviderCatalogue.load().entries().stream()
                .filter(entry -> entry.name().equals(provider))
                .findFirst()
                .orElseThrow();

        assertThat(known.model()).isNull();
        assertThat(new ModelFamilies(Objects.requireNonNull(known.families())).best(Arrays.asList(listed.split(" "))))
                .contains(chosen);
    }

    @Test
    void choosesNothingThatWritesNoText() {
        assertThat(new ModelFamilies(List.of(".*")).best(List.of("nomic-embed-text", "whisper-1")))
                .isEmpty();
        assertThat(new ModelFamilies(List.of("x.*")).best(List.of("gpt-5"))).isEmpty();
    }
}
