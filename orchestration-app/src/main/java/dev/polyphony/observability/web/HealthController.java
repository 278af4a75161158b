package dev.polyphony.observability.web;

import dev.polyphony.observability.web.HealthReport.Alive;
import dev.polyphony.observability.web.HealthReport.Amas;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the server lives, is ready, and how its parts are. Needs no key. */
@RestController
class HealthController {
    private final HealthChecks checks;

    HealthController(HealthChecks checks) {
        this.checks = checks;
    }

    @GetMapping({"/health", "/healthz"})
    ResponseEntity<HealthReport> health() {
        HealthReport report = checks.report("healthy", "unhealthy");
        return ResponseEntity.status(report.isGood("healthy") ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(report);
    }

    /** 503 until the database answers and every projection runs. */
    @GetMapping("/ready")
    ResponseEntity<HealthReport> ready() {
        HealthReport report = checks.report("ready", "not_ready");
        return ResponseEntity.status(report.isGood("ready") ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(report);
    }

    @GetMapping("/live")
    Alive live() {
        return checks.alive();
    }

    @GetMapping("/api/v1/health")
    ResponseEntity<Amas> amas() {
        Amas report = checks.amas();
        return ResponseEntity.status(report.status().equals("healthy") ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(report);
    }
}
