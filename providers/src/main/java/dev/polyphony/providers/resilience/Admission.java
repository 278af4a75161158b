package dev.polyphony.providers.resilience;

import dev.polyphony.providers.ProviderProblem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a provider says to a call that wants to be made. */
public sealed interface Admission permits CallPermit, Admission.Denied {
    /**
     * It is passed over.
     *
     * @param outcome as the trail tells it, such as {@code skipped-circuit-open}
     * @param reason a sentence that names the provider
     * @param until when it can be asked again; null when that is not known
     * @param problem what the caller is told when nobody else answers
     */
    record Denied(String outcome, String reason, @Nullable Instant until, ProviderProblem problem)
            implements Admission {
        static final String FULL = "skipped-full";

        /** Whether it has as many calls at once as it may have, which a short wait may end. */
        public boolean isFull() {
            return outcome.equals(FULL);
        }
    }
}
