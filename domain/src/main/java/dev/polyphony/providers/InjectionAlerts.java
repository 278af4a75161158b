package dev.polyphony.providers;

import dev.polyphony.shared.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told of every text that looks like an attempt to instruct a model behind its user's back. Returns quickly. */
@FunctionalInterface
public interface InjectionAlerts {
    void report(InjectionAlert alert);

    /**
     * A suspicious text. The text itself is not in it.
     *
     * @param tenant whose request it was; null when it was nobody's in particular
     * @param field where it stood in the request, such as {@code messages[0].content}
     * @param patterns what was found in it
     * @param score from 0 to 1
     * @param blocked whether the request was refused
     */
    record InjectionAlert(
            @Nullable TenantId tenant,
            Origin origin,
            String field,
            List<String> patterns,
            double score,
            boolean blocked) {
        public InjectionAlert {
            patterns = List.copyOf(patterns);
        }
    }

    /** Whose words they were. */
    enum Origin {
        /** The caller's own. */
        CALLER,
        /** Somebody's that the caller passed on: of a document, a repository, the name of a file, a tool. */
        UNTRUSTED
    }
}
