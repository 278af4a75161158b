package dev.polyphony.conversations.ollama;

import dev.polyphony.conversations.gateway.ToolBody;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request for the next message of a conversation. Fields that are not here are ignored.
 *
 * @param stream true when absent
 * @param keepAlive how long the model shall stay loaded
 * @param format {@code json}, or a JSON Schema
 * @param think whether the reply shall contain the model's thinking, or how much of it
 */
record OllamaChatBody(
        @Nullable String model,
        @Nullable List<@Nullable OllamaMessage> messages,
        @Nullable List<@Nullable ToolBody> tools,
        @Nullable Boolean stream,
        @Nullable JsonNode keepAlive,
        @Nullable JsonNode format,
        @Nullable OllamaOptions options,
        @Nullable JsonNode think,
        @Nullable Boolean logprobs) {}
