package dev.polyphony.observability.web;

import dev.polyphony.observability.web.HealthReport.Alive;
import dev.polyphony.observability.web.HealthReport.Amas;
import dev.polyphony.observability.web.HealthReport.AmasServices;
import dev.polyphony.observability.web.HealthReport.Check;
import dev.polyphony.observability.web.HealthReport.Checks;
import dev.polyphony.observability.web.HealthReport.Services;
import dev.polyphony.providers.ModelRouter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.springframework.stereotype.Component;

/** Looks at the parts now; nothing is remembered from earlier. */
@Component
class HealthChecks {
    private static final int DATABASE_SECONDS = 1;

    private final DataSource database;
    private final EventProcessingConfiguration processing;
    private final ModelRouter models;
    private final Clock clock;
    private final ThisServer server;

    HealthChecks(
            DataSource database,
            EventProcessingConfiguration processing,
            ModelRouter models,
            Clock clock,
            ThisServer server) {
        this.database = database;
        this.processing = processing;
        this.models = models;
        this.clock = clock;
        this.server = server;
    }

    HealthReport report(String good, String bad) {
        Checks checks = checks();
        return new HealthReport(
                checks.areHealthy() ? good : bad, server.version(), clock.instant(), checks, Services.NOT_YET);
    }

    Amas amas() {
        Checks checks = checks();
        AmasServices services = new AmasServices(
                running(checks.projections()), running(checks.providers()), running(checks.database()));
        return new Amas(checks.areHealthy() ? "healthy" : "unhealthy", server.version(), server.uptime(), services);
    }

    Alive alive() {
        return new Alive("alive", clock.instant());
    }

    private Checks checks() {
        return new Checks(
                timed(server::startupProblem),
                timed(this::databaseProblem),
                timed(this::projectionProblem),
                timed(this::providerProblem));
    }

    private Optional<String> databaseProblem() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(DATABASE_SECONDS)
                    ? Optional.empty()
                    : Optional.of("the database does not answer within " + DATABASE_SECONDS + " s");
        } catch (SQLException unreachable) {
            return Optional.of("the database cannot be reached: " + unreachable.getMessage());
        }
    }

    private Optional<String> projectionProblem() {
        return processing.eventProcessors().values().stream()
                .filter(processor -> !processor.isRunning() || processor.isError())
                .map(EventProcessor::getName)
                .sorted()
                .reduce((all, next) -> all + ", " + next)
                .map(names -> "not running: " + names);
    }

    private Optional<String> providerProblem() {
        return models.providers().isEmpty() ? Optional.of("no model provider is enabled") : Optional.empty();
    }

    private static Check timed(Supplier<Optional<String>> problem) {
        long begin = System.nanoTime();
        Optional<String> found = problem.get();
        double millis = Math.round((System.nanoTime() - begin) / 1_000.0) / 1_000.0;
        return new Check(found.isPresent() ? "unhealthy" : "healthy", millis, found.orElse(null));
    }

    private static String running(Check check) {
        return check.isHealthy() ? "running" : "failing";
    }
}
