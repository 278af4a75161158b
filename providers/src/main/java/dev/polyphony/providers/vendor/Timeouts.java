package dev.polyphony.providers.vendor;

import java.time.Duration;

/**
 * How long a provider may keep us waiting.
 *
 * @param connect the longest one attempt to connect may take
 * @param firstToken the longest from a call's start to the first token of its stream
 * @param idle the longest silence between two tokens of a stream
 * @param call the longest a whole call may take; a request's own timeout counts too
 */
public record Timeouts(Duration connect, Duration firstToken, Duration idle, Duration call) {
    /** Reasoning models think for minutes before their first token; the servers of most vendors end a call after ten. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ofSeconds(60), Duration.ofMinutes(10));

    private static final Duration LONGEST = Duration.ofHours(24);

    /** The same where who asks limits the whole call: operators may change that limit while the server runs. */
    public Timeouts withoutCall() {
        return new Timeouts(connect, firstToken, idle, LONGEST);
    }
}
