package dev.polyphony.identity.alerts;

import dev.polyphony.shared.ServerWide;
import dev.polyphony.shared.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Security events as people read them. Lags the history by milliseconds. */
public interface SecurityStatistics {
    /**
     * Of one tenant.
     *
     * @param since what counts as recent
     */
    SecurityTotals totals(TenantId tenant, Instant since);

    /** The last ones of one tenant, latest first. */
    List<SecurityEventView> latest(TenantId tenant, int limit);

    /** Of all tenants, and of requests that were nobody's. */
    @ServerWide("operators of the system tenant watch the whole server")
    SecurityTotals totalsOfAll(Instant since);

    /** The last ones of all tenants. */
    @ServerWide("operators of the system tenant watch the whole server")
    List<SecurityEventView> latestOfAll(int limit);

    /**
     * How often something was tried; an event that stands for many counts as so many.
     *
     * @param total in all
     * @param recent since the time that was asked for
     * @param blocked those that were refused
     * @param highThreat those of threat level high
     * @param byType by the event's name without {@code security.}; what never happened is missing
     */
    record SecurityTotals(long total, long recent, long blocked, long highThreat, Map<String, Long> byType) {
        public SecurityTotals {
            byType = Map.copyOf(byType);
        }
    }

    /**
     * One event.
     *
     * @param type the event's name without {@code security.}
     * @param threatLevel low, medium or high
     * @param blocked whether it was refused
     * @param path the pattern of the endpoint; null when no endpoint answers it, and of many alike
     * @param timestamp when it was seen; of many alike, when the minute ended
     * @param source tells addresses apart without naming them; null when it is not known, or of several
     * @param credential the id of the caller's key or token; null when there was none
     * @param detail what kind of credential, limit or pattern; null when there is nothing to say
     * @param count how many it stands for
     */
    record SecurityEventView(
            String type,
            ThreatLevel threatLevel,
            boolean blocked,
            @Nullable String path,
            Instant timestamp,
            @Nullable String source,
            @Nullable String credential,
            @Nullable String detail,
            long count) {}
}
