package dev.polyphony.observability.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Health with the fields of every document that describes it.
 *
 * @param checks each part with the time its check took
 * @param services the parts that AIVillage names; a part that this version does not have yet is {@code unavailable}
 */
record HealthReport(String status, String version, Instant timestamp, Checks checks, Services services) {
    /**
     * @param latencyMs how long the check took, in milliseconds
     * @param message what is wrong; null when nothing is
     */
    record Check(String status, double latencyMs, @Nullable String message) {
        boolean isHealthy() {
            return status.equals("healthy");
        }
    }

    record Checks(Check startup, Check database, Check projections, Check providers) {
        boolean areHealthy() {
            return startup.isHealthy() && database.isHealthy() && projections.isHealthy() && providers.isHealthy();
        }
    }

    record Services(Service agentForge, Service p2pFog, Connections websocket) {
        static final Services NOT_YET =
                new Services(Service.MISSING, Service.MISSING, new Connections("unavailable", 0, 0));
    }

    record Service(String status, boolean available) {
        static final Service MISSING = new Service("unavailable", false);
    }

    record Connections(String status, long activeConnections, long totalConnections) {}

    /** AMAS's own form. {@code uptime} is in seconds. */
    record Amas(String status, String version, double uptime, AmasServices services) {}

    /** Each {@code running} or {@code failing}. */
    record AmasServices(String orchestrator, String aiManager, String history) {}

    record Alive(String status, Instant timestamp) {}

    boolean isGood(String good) {
        return status.equals(good);
    }
}
