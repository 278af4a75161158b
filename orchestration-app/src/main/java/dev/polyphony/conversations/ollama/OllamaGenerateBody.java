package dev.polyphony.conversations.ollama;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request for the answer to one text. Fields that are not here are ignored.
 *
 * @param suffix what stands behind the answer
 * @param system what the model is told before the prompt
 * @param context what an earlier answer had told about its conversation
 * @param raw whether the prompt goes to the model as it is
 * @param stream true when absent
 * @param keepAlive how long the model shall stay loaded
 * @param format {@code json}, or a JSON Schema
 * @param think whether the model shall tell its thoughts, or how many of them
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
