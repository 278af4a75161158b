package dev.polyphony.observability.web;

import dev.polyphony.observability.web.HealthReport.Alive;
import dev.polyphony.observability.web.HealthReport.Amas;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the server lives, is ready, and how its parts are. Needs no key. */
@RestController
class HealthController {
    private static final String RETRY_SECONDS = "5";

    private final HealthChecks checks;

    HealthController(HealthChecks checks) {
        this.checks = checks;
    }

    @GetMapping({"/health", "/healthz"})
    ResponseEntity<HealthReport> health() {
        HealthReport report = checks.report("healthy", "unhealthy");
        return answer(report.isGood("healthy"), report);
    }

    /** 503 until the database answers and every projection runs. */
    @GetMapping("/ready")
    ResponseEntity<HealthReport> ready() {
        HealthReport report = checks.report("ready", "not_ready");
        return answer(report.isGood("ready"), report);
    }

    @GetMapping("/live")
    Alive live() {
        return checks.alive();
    }

    @GetMapping("/api/v1/health")
    ResponseEntity<Amas> amas() {
        Amas report = checks.amas();
        return answer(report.status().equals("healthy"), report);
    }

    private static <T> ResponseEntity<T> answer(boolean good, T report) {
        return good
                ? ResponseEntity.ok(report)
                : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                        .body(report);
    }
}
