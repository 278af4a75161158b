package dev.polyphony.providers.client;

import java.time.Duration;

/**
 * What one call of a vendor may take.
 *
 * @param firstToken the longest from the start of a streamed call to its first token
 * @param idle the longest a stream may stay silent between two tokens; pings and comments do not count
 * @param whole the longest the whole call may take
 * @param maxBytes the most bytes of the answer, after decompression
 */
public record CallLimits(Duration firstToken, Duration idle, Duration whole, long maxBytes) {}
