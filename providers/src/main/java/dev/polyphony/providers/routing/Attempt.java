package dev.polyphony.providers.routing;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try at one provider, and how it went. */
final class Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final ModelProvider provider;
    private final LongSupplier nanos;
    private final Instant startedAt;
    private final long start;
    private String outcome = ModelAttempt.OK;
    private @Nullable String error;

    Attempt(ModelProvider provider, Clock clock, LongSupplier nanos) {
        this.provider = provider;
        this.nanos = nanos;
        this.startedAt = clock.instant();
        this.start = nanos.getAsLong();
    }

    /** The reply; null when there was none. */
    @Nullable
    ModelReply make(ModelRequest request) {
        try {
            return provider.reply(request);
        } catch (ProviderFailure failure) {
            return failed(failure);
        } catch (RuntimeException
                | LinkageError bug) { // a native library that does not load here is the provider's matter too
            return bug(bug);
        }
    }

    /** What goes into the trail. Call it once, after the attempt. */
    ModelAttempt trail() {
        Duration duration = Duration.ofNanos(nanos.getAsLong() - start);
        return new ModelAttempt(provider.name(), provider.model(), startedAt, duration, outcome, error);
    }

    private @Nullable ModelReply bug(Throwable thrown) {
        LOG.error("provider {} broke its contract", provider.name(), thrown);
        return failed(ProviderProblem.PROVIDER_FAILED.because(
                "%s failed unexpectedly: %s".formatted(provider.name(), thrown)));
    }

    private @Nullable ModelReply failed(ProviderFailure failure) {
        outcome = failure.problem().slug();
        error = failure.getMessage();
        return null;
    }
}
