package dev.polyphony.observability.web;

import dev.polyphony.observability.web.HealthReport.Alive;
import dev.polyphony.observability.web.HealthReport.Amas;
import dev.polyphony.observability.web.HealthReport.AmasServices;
import dev.polyphony.observability.web.HealthReport.Check;
import dev.polyphony.observability.web.HealthReport.Services;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.PermitAll;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the server lives, is ready, and how its parts are. Needs no key. */
@RestController
@Tag(name = "Health", description = "Whether the server lives, is ready, and how its parts are.")
class HealthController {
    private static final String RETRY_AFTER_SECONDS = "5";
    private static final double MILLIS_PER_SECOND = 1000;

    private final HealthChecks checks;
    private final String version;
    private final Clock clock;

    HealthController(HealthChecks checks, BuildProperties build, Clock clock) {
        this.checks = checks;
        this.version = String.valueOf(build.getVersion());
        this.clock = clock;
    }

    /** Reports the health of the server and of each of its parts. 503 also while a part is degraded: somebody should look at it. */
    @GetMapping("/health")
    @HealthResponses
    @PermitAll
    ResponseEntity<HealthReport> getHealth() {
        Map<String, Check> found = checks.run();
        return answer(areHealthy(found), report(state(found), found));
    }

    /** Reports the health of the server under the path that container platforms ask. The same as {@code /health}. */
    @GetMapping("/healthz")
    @HealthResponses
    @PermitAll
    ResponseEntity<HealthReport> getHealthz() {
        return getHealth();
    }

    /**
     * Tells whether the server may be sent requests. Not before the database takes writes and every projection follows, nor while it stops. A
     * part that is only degraded serves.
     */
    @GetMapping("/ready")
    @HealthResponses
    @PermitAll
    ResponseEntity<HealthReport> getReadiness() {
        Map<String, Check> found = checks.run();
        boolean ready = found.values().stream().noneMatch(Check::isUnhealthy);
        return answer(ready, report(ready ? "ready" : "not_ready", found));
    }

    private HealthReport report(String status, Map<String, Check> found) {
        return new HealthReport(status, version, clock.instant(), found, Services.UNAVAILABLE);
    }

    /** Tells that the process answers, and nothing more. */
    @GetMapping("/live")
    @PermitAll
    Alive getLiveness() {
        return new Alive("alive", clock.instant());
    }

    /** Reports the health of the server in the short form of AMAS. */
    @GetMapping("/api/v1/health")
    @HealthResponses
    @PermitAll
    ResponseEntity<Amas> getApiHealth() {
        Map<String, Check> found = checks.run();
        double uptime = ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS_PER_SECOND;
        return answer(areHealthy(found), new Amas(state(found), version, uptime, AmasServices.of(found)));
    }

    private static String state(Map<String, Check> checks) {
        if (checks.values().stream().anyMatch(Check::isUnhealthy)) {
            return Check.UNHEALTHY;
        }
        return areHealthy(checks) ? Check.HEALTHY : Check.DEGRADED;
    }

    private static boolean areHealthy(Map<String, Check> checks) {
        return checks.values().stream().allMatch(Check::isHealthy);
    }

    private static <T> ResponseEntity<T> answer(boolean healthy, T report) {
        return healthy
                ? ResponseEntity.ok(report)
                : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                        .body(report);
    }
}
