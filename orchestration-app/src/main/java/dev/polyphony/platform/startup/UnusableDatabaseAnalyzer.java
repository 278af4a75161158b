package dev.polyphony.platform.startup;

import dev.polyphony.platform.database.UnusableDatabase;
import java.util.Optional;

/** The database was looked at and is not one to work with. */
final class UnusableDatabaseAnalyzer extends CauseAnalyzer<UnusableDatabase> {
    UnusableDatabaseAnalyzer() {
        super(UnusableDatabase.class);
    }

    @Override
    Optional<Explanation> explain(UnusableDatabase failure, Throwable whole) {
        return Optional.of(new Explanation(failure.what(), failure.remedy()));
    }
}
