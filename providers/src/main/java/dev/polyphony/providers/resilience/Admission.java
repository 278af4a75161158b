package dev.polyphony.providers.resilience;

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
     */
    record Denied(String outcome, String reason, @Nullable Instant until) implements Admission {}
}
