package dev.polyphony.workflows;

import org.jspecify.annotations.Nullable;

/**
 * The model call that a step's output came from.
 *
 * @param provider who replied
 * @param model which model, as the provider names it
 * @param finishReason why it stopped
 * @param inputTokens tokens read; null when the provider does not count
 * @param outputTokens tokens written; null when the provider does not count
 */
public record ModelUsage(
        String provider,
        String model,
        String finishReason,
        @Nullable Integer inputTokens,
        @Nullable Integer outputTokens) {}
