package dev.polyphony.providers;

import org.jspecify.annotations.Nullable;

/**
 * What a model answered.
 *
 * @param text the reply; never blank
 * @param model the model that wrote it, as the vendor names it
 * @param finishReason why the model stopped: {@code stop}, {@code length}, {@code extracted} (sentences were selected, none
 *     written) or the vendor's own word
 * @param inputTokens tokens read; null when the provider does not count them
 * @param outputTokens tokens written; null when the provider does not count them
 */
public record ModelReply(
        String text,
        String model,
        String finishReason,
        @Nullable Integer inputTokens,
        @Nullable Integer outputTokens) {}
