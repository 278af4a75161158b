package dev.polyphony.platform.startup;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;

/** Explains the first exception of a type in a chain of causes that it knows something about, before Spring's own analyzers do. */
abstract class CauseAnalyzer<T extends Throwable> implements FailureAnalyzer, Ordered {
    private static final int MAX_DEPTH = 50;

    private final Class<T> type;

    CauseAnalyzer(Class<T> type) {
        this.type = type;
    }

    /** Empty when this failure is somebody else's to explain. */
    abstract Optional<Explanation> explain(T cause, Throwable failure);

    /**
     * @param what is wrong, in one line
     * @param how it is mended, in one line
     */
    record Explanation(String what, String how) {}

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        return causes(failure)
                .filter(type::isInstance)
                .map(type::cast)
                .flatMap(cause -> explain(cause, failure).stream()
                        .map(explained -> new FailureAnalysis(explained.what(), explained.how(), cause)))
                .findFirst()
                .orElse(null);
    }

    static Stream<Throwable> causes(Throwable failure) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_DEPTH);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
