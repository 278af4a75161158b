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

    @GetMapping({"/health", "/healthz"})
    @PermitAll
    ResponseEntity<HealthReport> health() {
        return report("healthy", "unhealthy");
    }

    /** 503 until the database answers and every projection runs. */
    @GetMapping("/ready")
    @PermitAll
    ResponseEntity<HealthReport> ready() {
        return report("ready", "not_ready");
    }

    private ResponseEntity<HealthReport> report(String good, String bad) {
        Map<String, Check> found = checks.run();
        boolean healthy = areHealthy(found);
        return answer(
                healthy, new HealthReport(healthy ? good : bad, version, clock.instant(), found, Services.UNAVAILABLE));
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
        boolean healthy = areHealthy(found);
        double uptime = ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS_PER_SECOND;
        return answer(healthy, new Amas(healthy ? "healthy" : "unhealthy", version, uptime, AmasServices.of(found)));
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
