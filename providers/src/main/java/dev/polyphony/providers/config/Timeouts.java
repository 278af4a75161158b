package dev.polyphony.providers.config;

import java.time.Duration;

/**
 * How long a provider may keep us waiting. The whole call is limited by the request.
 *
 * @param connect the longest one attempt to connect may take
 * @param firstToken the longest from a call's start to the first token of its stream
 * @param idle the longest time between two tokens of a stream
 */
public record Timeouts(Duration connect, Duration firstToken, Duration idle) {
    /** Reasoning models think for minutes before their first token. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ofSeconds(60));
}
