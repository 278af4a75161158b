package dev.polyphony.platform.startup;

import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/** The tables in the database are not those that this version makes. */
final class MigrationAnalyzer extends CauseAnalyzer<FlywayException> {
    MigrationAnalyzer() {
        super(FlywayException.class);
    }

    @Override
    Optional<Explanation> explain(FlywayException failure, Throwable whole) {
        String why = String.valueOf(failure.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
        return Optional.of(new Explanation(
                "the tables in the database are not this version's (%s).".formatted(why),
                "Start the version that made them, or this one on an empty database or data directory."));
    }
}
