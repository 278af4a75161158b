package dev.polyphony.observability.web;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Health with the fields of every document that describes it.
 *
 * @param checks each part with the time its check took
 * @param services the parts that AIVillage names; a part that this version does not have is {@code unavailable}
 */
record HealthReport(String status, String version, Instant timestamp, Map<String, Check> checks, Services services) {
    /**
     * @param status {@code healthy}; {@code degraded} when it works on, but not with everything; {@code unhealthy}
     * @param latencyMs how long the check took, in milliseconds
     * @param message what is wrong; null when nothing is
     */
    record Check(String status, double latencyMs, @Nullable String message) {
        static final String HEALTHY = "healthy";
        static final String DEGRADED = "degraded";
        static final String UNHEALTHY = "unhealthy";

        boolean isHealthy() {
            return status.equals(HEALTHY);
        }

        boolean isUnhealthy() {
            return status.equals(UNHEALTHY);
        }
    }

    record Services(Service agentForge, Service p2pFog, Connections websocket) {
        static final Services UNAVAILABLE =
                new Services(Service.UNAVAILABLE, Service.UNAVAILABLE, new Connections("unavailable", 0, 0));
    }

    record Service(String status, boolean available) {
        static final Service UNAVAILABLE = new Service("unavailable", false);
    }

    record Connections(String status, long activeConnections, long totalConnections) {}

    /** AMAS's own form. {@code uptime} is in seconds. */
    record Amas(String status, String version, double uptime, AmasServices services) {}

    /** Each {@code running} or {@code failing}. */
    record AmasServices(String orchestrator, String aiManager, String history) {
        static AmasServices of(Map<String, Check> checks) {
            return new AmasServices(
                    state(checks.get("projections")), state(checks.get("providers")), state(checks.get("database")));
        }

        private static String state(@Nullable Check check) {
            return check != null && check.isHealthy() ? "running" : "failing";
        }
    }

    record Alive(String status, Instant timestamp) {}
}
