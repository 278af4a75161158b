package dev.polyphony.providers.resilience;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ProviderFailure;
import java.time.Duration;

/** One call may be made. It is told how the call went and is closed, whatever happened; both count once only. */
public final class CallPermit implements Admission, AutoCloseable {
    private final GuardedProvider provider;
    private final int estimatedTokens;
    private final boolean probe;
    private final CallOrigin origin;
    private boolean reported;
    private boolean closed;

    /** @param probe whether this call finds out whether the provider is well again */
    CallPermit(GuardedProvider provider, int estimatedTokens, boolean probe, CallOrigin origin) {
        this.origin = origin;
        this.provider = provider;
        this.estimatedTokens = estimatedTokens;
        this.probe = probe;
    }

    int estimatedTokens() {
        return estimatedTokens;
    }

    CallOrigin origin() {
        return origin;
    }

    boolean isProbe() {
        return probe;
    }

    public void succeeded(ModelAttempt attempt) {
        reported = true;
        provider.succeeded(this, attempt);
    }

    /** @param allowed how long the attempt was allowed to take */
    public void failed(ModelAttempt attempt, ProviderFailure failure, Duration allowed) {
        reported = true;
        provider.failed(this, attempt, failure, allowed);
    }

    /** A call of which nothing was told ended for reasons that are not the provider's. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            provider.release(this, reported);
        }
    }
}
