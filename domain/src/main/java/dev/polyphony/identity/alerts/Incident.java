package dev.polyphony.identity.alerts;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of an attempt, or of many alike.
 *
 * @param threatLevel how likely somebody means harm
 * @param blocked whether it was refused
 * @param path the pattern of the endpoint, never the path that was sent; null when no endpoint answers it, and of many alike
 * @param source tells addresses apart without naming them: a keyed digest; null when it is not known, or of several
 * @param credential the id of the caller's key or token; null when there is none
 * @param detail what kind of credential, limit or pattern; null when there is nothing to say
 * @param count how many attempts it stands for
 */
public record Incident(
        ThreatLevel threatLevel,
        boolean blocked,
        @Nullable String path,
        @Nullable String source,
        @Nullable String credential,
        @Nullable String detail,
        long count) {
    public Incident {
        if (count < 1) {
            throw new IllegalArgumentException("an incident stands for at least one attempt, not for " + count);
        }
    }
}
