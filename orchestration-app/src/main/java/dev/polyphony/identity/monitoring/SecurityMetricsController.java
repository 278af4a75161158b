package dev.polyphony.identity.monitoring;

import dev.polyphony.identity.Caller;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.alerts.ActiveLockouts;
import dev.polyphony.identity.alerts.SecurityStatistics;
import dev.polyphony.identity.alerts.SecurityStatistics.SecurityEventView;
import dev.polyphony.identity.alerts.SecurityStatistics.SecurityTotals;
import dev.polyphony.platform.security.RequiredScope;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What somebody tried, for admins. */
@RestController
@Tag(name = "Metrics", description = "What the server counts.")
@RequestMapping("/metrics/security")
class SecurityMetricsController {
    private static final int LATEST = 20;
    private static final Duration RECENT = Duration.ofHours(1);

    private final SecurityStatistics statistics;
    private final ObjectProvider<ActiveLockouts> lockouts;
    private final Clock clock;

    SecurityMetricsController(SecurityStatistics statistics, ObjectProvider<ActiveLockouts> lockouts, Clock clock) {
        this.statistics = statistics;
        this.lockouts = lockouts;
        this.clock = clock;
    }

    /**
     * Security events, counted and the latest of them.
     *
     * @param timestamp when it was counted
     * @param statistics how often something was tried
     * @param recentEvents the latest 20, latest first
     */
    record SecurityMetrics(
            Instant timestamp, SecurityEventStatistics statistics, List<SecurityEventView> recentEvents) {}

    /**
     * How often something was tried; an event that stands for many counts as so many.
     *
     * @param totalEvents in all
     * @param eventsLastHour in the last hour
     * @param blockedEvents those that were refused
     * @param activeLockouts how many are not listened to just now on the whole server; null for a tenant's admin, since who is locked out
     *     has not proved whose tenant he belongs to
     * @param highThreatEvents those of threat level high
     * @param eventsByType by type; what never happened is missing
     */
    record SecurityEventStatistics(
            long totalEvents,
            long eventsLastHour,
            long blockedEvents,
            @Nullable Integer activeLockouts,
            long highThreatEvents,
            Map<String, Long> eventsByType) {}

    /** Shows what somebody tried. The security events of the key's tenant; all of the server's to an operator who is admin of the system tenant. */
    @GetMapping
    @RolesAllowed("ADMIN")
    @RequiredScope("security:read")
    SecurityMetrics getSecurityMetrics(Caller caller) {
        Instant now = clock.instant();
        Instant since = now.minus(RECENT);
        if (caller.is(Role.OPERATOR)) {
            ActiveLockouts active = lockouts.getIfAvailable();
            return metrics(
                    now,
                    statistics.totalsOfAll(since),
                    active == null ? null : active.count(),
                    statistics.latestOfAll(LATEST));
        }
        return metrics(
                now, statistics.totals(caller.tenant(), since), null, statistics.latest(caller.tenant(), LATEST));
    }

    private static SecurityMetrics metrics(
            Instant now, SecurityTotals totals, @Nullable Integer lockouts, List<SecurityEventView> latest) {
        return new SecurityMetrics(
                now,
                new SecurityEventStatistics(
                        totals.total(),
                        totals.recent(),
                        totals.blocked(),
                        lockouts,
                        totals.highThreat(),
                        new TreeMap<>(totals.byType())),
                latest);
    }
}
