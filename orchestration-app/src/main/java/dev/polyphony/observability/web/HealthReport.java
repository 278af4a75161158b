package dev.polyphony.observability.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Health with the fields of every document that describes it.
 *
 * @param status {@code healthy}, {@code degraded} or {@code unhealthy}; of readiness {@code ready} or {@code not_ready}
 * @param version the version of the server
 * @param timestamp when it was looked
 * @param checks each part by its name, with the time its check took
 * @param services the parts that AIVillage names; a part that this version does not have is {@code unavailable}
 */
record HealthReport(
        @Schema(allowableValues = {"healthy", "degraded", "unhealthy", "ready", "not_ready"})
        String status,

        String version,
        Instant timestamp,
        Map<String, Check> checks,
        Services services) {
    /**
     * How one part of the server is.
     *
     * @param status {@code healthy}; {@code degraded} when it works on, but not with everything; {@code unhealthy}
     * @param latencyMs how long the check took, in milliseconds
     * @param message what is wrong; null when nothing is
     */
    @Schema(name = "HealthCheck")
    record Check(
            @Schema(allowableValues = {"healthy", "degraded", "unhealthy"})
            String status,

            double latencyMs,
            @Nullable String message) {
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

    /**
     * The parts that AIVillage names. This version has none of them.
     *
     * @param agentForge trains agents
     * @param p2pFog links servers
     * @param websocket keeps connections open
     */
    @Schema(name = "AiVillageServices")
    record Services(Service agentForge, Service p2pFog, Connections websocket) {
        static final Services UNAVAILABLE =
                new Services(Service.UNAVAILABLE, Service.UNAVAILABLE, new Connections("unavailable", 0, 0));
    }

    /**
     * A part that AIVillage names.
     *
     * @param status one word, the same in every reply, since this version does not have such parts
     * @param available whether it can be used
     */
    @Schema(name = "AiVillageService")
    record Service(String status, boolean available) {
        static final Service UNAVAILABLE = new Service("unavailable", false);
    }

    /**
     * Connections that stay open.
     *
     * @param status {@code unavailable}: this version does not have them
     * @param activeConnections how many there are
     * @param totalConnections how many there have been
     */
    @Schema(name = "AiVillageConnections")
    record Connections(String status, long activeConnections, long totalConnections) {}

    /**
     * Health in the form of AMAS.
     *
     * @param status {@code healthy}, {@code degraded} or {@code unhealthy}
     * @param version the version of the server
     * @param uptime how long the server has been running, in seconds
     * @param services the parts that AMAS names
     */
    @Schema(name = "ApiHealth")
    record Amas(
            @Schema(allowableValues = {"healthy", "degraded", "unhealthy"})
            String status,

            String version,
            double uptime,
            AmasServices services) {}

    /**
     * The parts that AMAS names.
     *
     * @param orchestrator whether runs go on: {@code running} or {@code failing}
     * @param aiManager whether there is a provider to ask: {@code running} or {@code failing}
     * @param history whether the database answers: {@code running} or {@code failing}
     */
    @Schema(name = "ApiHealthServices")
    record AmasServices(String orchestrator, String aiManager, String history) {
        static AmasServices of(Map<String, Check> checks) {
            return new AmasServices(
                    state(checks.get("projections")), state(checks.get("providers")), state(checks.get("database")));
        }

        private static String state(@Nullable Check check) {
            return check != null && check.isHealthy() ? "running" : "failing";
        }
    }

    /**
     * The process answers.
     *
     * @param status {@code alive}
     * @param timestamp when it answered
     */
    @Schema(name = "Liveness")
    record Alive(String status, Instant timestamp) {}
}
