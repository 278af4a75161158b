package dev.polyphony.platform.startup;

import dev.polyphony.platform.database.DatabaseUrl;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.core.env.Environment;

/** The PostgreSQL that was configured does not answer, or does not let the server in. */
final class DatabaseAnalyzer extends CauseAnalyzer<SQLException> {
    private static final String CHECK =
            "Check SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD,"
                    + " and SPRING_FLYWAY_USER and SPRING_FLYWAY_PASSWORD (docs/configuration.md).";

    private final Environment settings;

    DatabaseAnalyzer(Environment settings) {
        super(SQLException.class);
        this.settings = settings;
    }

    @Override
    Optional<Explanation> explain(SQLException failure, Throwable whole) {
        String state = failure.getSQLState();
        if (state == null) {
            return Optional.empty();
        }
        String why = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "08", "57" ->
                explanation(
                        "the database at %s does not answer (%s).".formatted(url(), why),
                        "Start it, or correct SPRING_DATASOURCE_URL; without that setting the server brings its own.");
            case "28" -> explanation("the database at %s lets nobody in like that (%s).".formatted(url(), why), CHECK);
            case "3D" ->
                explanation(
                        "the database at %s is not there (%s).".formatted(url(), why),
                        "Create it (docs/configuration.md), or correct SPRING_DATASOURCE_URL.");
            case "42" ->
                state.equals("42501")
                        ? explanation("the database at %s refuses: %s.".formatted(url(), why), CHECK)
                        : Optional.empty();
            case "53" ->
                explanation(
                        "the database at %s has no room (%s).".formatted(url(), why),
                        "Give it connections, memory or disk.");
            default -> Optional.empty();
        };
    }

    private static Optional<Explanation> explanation(String what, String how) {
        return Optional.of(new Explanation(what, how));
    }

    /** Without the parameters, among which may be a password. */
    private String url() {
        String url = settings.getProperty("spring.datasource.url", "");
        return url.isBlank() ? "the data directory" : DatabaseUrl.shown(url);
    }
}
