package dev.polyphony.observability.web;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/** What this process knows of itself. */
@Component
class ThisServer {
    private final BuildProperties build;
    private final ApplicationAvailability availability;

    ThisServer(BuildProperties build, ApplicationAvailability availability) {
        this.build = build;
        this.availability = availability;
    }

    String version() {
        return String.valueOf(build.getVersion());
    }

    /** Since the process was started, in seconds. */
    double uptime() {
        return ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
    }

    /** Present until the first admin key is there, and from the moment that the server begins to stop. */
    Optional<String> startupProblem() {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                ? Optional.empty()
                : Optional.of("the server is starting or stopping");
    }
}
