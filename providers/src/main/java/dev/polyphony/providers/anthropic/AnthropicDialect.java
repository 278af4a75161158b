package dev.polyphony.providers.anthropic;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.polyphony.providers.Capability;
import dev.polyphony.providers.chat.ReplyFormat;
import dev.polyphony.providers.client.AnswerReader;
import dev.polyphony.providers.client.CurrentCall;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.reply.ReplyDraft;
import dev.polyphony.providers.vendor.CallIds;
import dev.polyphony.providers.vendor.Dialect;
import dev.polyphony.providers.vendor.Lazy;
import dev.polyphony.providers.vendor.ModelList;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Anthropic's messages. They have no seed, and Anthropic has no models for embeddings. */
public final class AnthropicDialect implements Dialect {
    /** Anthropic insists on a limit; this one every model of theirs takes. */
    private static final int DEFAULT_MAX_TOKENS = 4_096;

    private static final Pattern CALL_ID = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final int CALL_ID_DIGITS = 32;

    private final ProviderConfig config;
    private final Supplier<ChatModel> chat;
    private final Supplier<StreamingChatModel> streaming;

    public AnthropicDialect(ProviderConfig config) {
        this.config = config;
        this.chat = new Lazy<>(() -> AnthropicChatModel.builder()
                .httpClientBuilder(new CurrentCall())
                .baseUrl(config.url())
                .apiKey(config.apiKey())
                .modelName(config.model())
                .maxTokens(DEFAULT_MAX_TOKENS)
                .maxRetries(0)
                .build());
        this.streaming = new Lazy<>(() -> AnthropicStreamingChatModel.builder()
                .httpClientBuilder(new CurrentCall())
                .baseUrl(config.url())
                .apiKey(config.apiKey())
                .modelName(config.model())
                .maxTokens(DEFAULT_MAX_TOKENS)
                .build());
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.TOOLS, Capability.TOOL_CHOICE, Capability.JSON);
    }

    @Override
    public AnswerReader reader(ReplyDraft draft) {
        return new AnthropicReader(draft);
    }

    @Override
    public ChatModel chat() {
        return chat.get();
    }

    @Override
    public StreamingChatModel streaming() {
        return streaming.get();
    }

    @Override
    public EmbeddingModel embeddings() {
        throw new UnsupportedOperationException("Anthropic has no models for embeddings");
    }

    /** A page has at most a thousand, which is all of them. It has the versions only, and not the names that stand for the latest. */
    @Override
    public ModelList models() {
        return new ModelList(
                ModelList.at(config.url() + "/models?limit=1000")
                        .addHeader("x-api-key", String.valueOf(config.apiKey()))
                        .addHeader("anthropic-version", "2023-06-01")
                        .build(),
                "data",
                model -> Stream.of(model.path("id").asString("")));
    }

    @Override
    public boolean takes(ReplyFormat.Json format) {
        return OutputSchema.isTaken(format.schema());
    }

    @Override
    public String callId(String id) {
        return CALL_ID.matcher(id).matches() ? id : "call_" + CallIds.digest(id, CALL_ID_DIGITS);
    }
}
