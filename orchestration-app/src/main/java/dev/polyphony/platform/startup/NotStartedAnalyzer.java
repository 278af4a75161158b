package dev.polyphony.platform.startup;

import dev.polyphony.postgres.DatabaseNotStarted;
import java.util.Optional;
import org.springframework.util.StringUtils;

/** The embedded PostgreSQL knows itself what is wrong. */
final class NotStartedAnalyzer extends CauseAnalyzer<DatabaseNotStarted> {
    NotStartedAnalyzer() {
        super(DatabaseNotStarted.class);
    }

    @Override
    Optional<Explanation> explain(DatabaseNotStarted failure, Throwable whole) {
        return Optional.of(new Explanation(failure.what() + ".", StringUtils.capitalize(failure.remedy())));
    }
}
