package dev.polyphony.observability.web;

import dev.polyphony.observability.web.HealthReport.Alive;
import dev.polyphony.observability.web.HealthReport.Amas;
import dev.polyphony.observability.web.HealthReport.AmasServices;
import dev.polyphony.observability.web.HealthReport.Check;
import dev.polyphony.observability.web.HealthReport.Services;
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

    /** 503 also while a part is degraded: somebody should look at it. */
    @GetMapping({"/health", "/healthz"})
    @PermitAll
    ResponseEntity<HealthReport> health() {
        Map<String, Check> found = checks.run();
        return answer(areHealthy(found), report(state(found), found));
    }

    /** 503 until the database takes writes and every projection follows. A part that is only degraded serves. */
    @GetMapping("/ready")
    @PermitAll
    ResponseEntity<HealthReport> ready() {
        Map<String, Check> found = checks.run();
        boolean ready = found.values().stream().noneMatch(Check::isUnhealthy);
        return answer(ready, report(ready ? "ready" : "not_ready", found));
    }

    private HealthReport report(String status, Map<String, Check> found) {
        return new HealthReport(status, version, clock.instant(), found, Services.UNAVAILABLE);
    }

    @GetMapping("/live")
    @PermitAll
    Alive live() {
        return new Alive("alive", clock.instant());
    }

    @GetMapping("/api/v1/health")
    @PermitAll
    ResponseEntity<Amas> amas() {
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
