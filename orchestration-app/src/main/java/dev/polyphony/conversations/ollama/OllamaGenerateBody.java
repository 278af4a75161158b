package dev.polyphony.conversations.ollama;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request for the answer to one text. Fields that are not here are ignored.
 *
 * @param suffix what stands behind the answer
 * @param system instructions before the prompt
 * @param context the conversation, as an earlier answer gave it
 * @param raw whether the prompt goes to the model as it is
 * @param stream true when absent
 * @param keepAlive how long the model shall stay loaded
 * @param format {@code json}, or a JSON Schema
 * @param think whether the reply shall contain the model's thinking, or how much of it
 */
record OllamaGenerateBody(
        @Nullable String model,
        @Nullable String prompt,
        @Nullable String suffix,
        @Nullable String system,
        @Nullable String template,
        @Nullable JsonNode context,
        @Nullable Boolean raw,
        @Nullable Boolean stream,
        @Nullable JsonNode keepAlive,
        @Nullable JsonNode format,
        @Nullable JsonNode images,
        @Nullable OllamaOptions options,
        @Nullable JsonNode think,
        @Nullable Boolean logprobs) {}
