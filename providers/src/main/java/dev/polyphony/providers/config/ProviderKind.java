package dev.polyphony.providers.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a provider can be. */
public enum ProviderKind {
    /** Any server that speaks OpenAI's chat completions. */
    OPENAI(100),
    /** Anthropic's messages. */
    ANTHROPIC(100),
    /** Google AI's Gemini. */
    GEMINI(100),
    /** Ollama's own interface. */
    OLLAMA(100),
    /** A GGUF file in this process. */
    LOCAL(900),
    /** The extractive model in this process. */
    EMBEDDED(1_000);

    static final int CONFIGURED_PRIORITY = 100;

    /** Where the built-in provider of this name stands. */
    final int builtInPriority;

    ProviderKind(int builtInPriority) {
        this.builtInPriority = builtInPriority;
    }

    /** Whether it is spoken to over HTTP. */
    public boolean isRemote() {
        return this != LOCAL && this != EMBEDDED;
    }

    /** Whether no server of this kind answers without a key. */
    boolean needsKey() {
        return this == ANTHROPIC || this == GEMINI;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ProviderKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(ProviderKind::word).collect(Collectors.joining(", "));
    }
}
