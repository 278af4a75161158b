package dev.polyphony.providers.routing;

import dev.polyphony.budgets.Budgets.BudgetGuard;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.chat.ReplyRecorder;
import dev.polyphony.providers.config.ProviderLimits.Price;
import dev.polyphony.providers.resilience.CallPermit;
import dev.polyphony.providers.resilience.GuardedProvider;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try at one provider, with the permit for it, which is given back whatever happens. */
final class ProviderAttempt<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderAttempt.class);

    private final GuardedProvider provider;
    private final CallPermit permit;
    private final RoutedRequest<T> request;
    private final BudgetGuard budget;
    private final CostEstimate cost;
    private final TimeSource time;
    private final Instant startedAt;
    private final long start;

    /**
     * How it went.
     *
     * @param reply null when there was none
     * @param failure null when there was a reply
     * @param begun whether the listener was told anything
     */
    record Outcome<T>(@Nullable T reply, @Nullable ProviderFailure failure, boolean begun, ModelAttempt attempt) {}

    /** @param budget pays for it, whatever becomes of it */
    ProviderAttempt(
            GuardedProvider provider,
            CallPermit permit,
            RoutedRequest<T> request,
            BudgetGuard budget,
            TimeSource time) {
        this.provider = provider;
        this.permit = permit;
        this.request = request;
        this.budget = budget;
        this.cost = new CostEstimate(request.input(), provider.limits().price());
        this.time = time;
        this.startedAt = time.clock().instant();
        this.start = time.nanos().getAsLong();
    }

    /** Throws what the listener throws, and errors of this process. */
    Outcome<T> make(Duration timeout, ReplyListener listener) {
        ReplyRecorder recorder = new ReplyRecorder(listener, time.nanos());
        try {
            return answered(request.ask(provider.provider(), timeout, recorder), recorder);
        } catch (ProviderFailure failure) {
            rethrow(recorder);
            return failed(failure, recorder, timeout);
        } catch (RuntimeException
                | LinkageError bug) { // a native library that does not load is the provider's matter too
            rethrow(recorder);
            LOG.error("provider {} broke its contract", provider.name(), bug);
            ProviderFailure failure = ProviderProblem.PROVIDER_FAILED.because(
                    "%s failed unexpectedly; the server's log tells more".formatted(provider.name()));
            return failed(failure, recorder, timeout);
        } finally {
            permit.close();
        }
    }

    private Outcome<T> answered(T reply, ReplyRecorder recorder) {
        ModelAttempt attempt = attempt(ModelAttempt.OK, null, recorder, request.usage(reply));
        permit.succeeded(attempt);
        budget.charge(cost.forReply(request.usage(reply), request.written(reply)));
        return new Outcome<>(reply, null, recorder.hasBegun(), attempt);
    }

    /** A caller who goes away pays for what was told. */
    private void rethrow(ReplyRecorder recorder) {
        if (recorder.thrown() != null) {
            budget.charge(cost.estimate(recorder.characters()));
            throw recorder.thrown();
        }
    }

    /** Whatever a call fails with after its caller has gone, the provider is not to blame. */
    private Outcome<T> failed(ProviderFailure thrown, ReplyRecorder recorder, Duration timeout) {
        boolean cancelled =
                Thread.currentThread().isInterrupted() && thrown.problem() != ProviderProblem.PROVIDER_CALL_CANCELLED;
        ProviderFailure failure = cancelled
                ? ProviderProblem.PROVIDER_CALL_CANCELLED
                        .because(provider.name() + ": the call was cancelled")
                        .afterSpending(thrown.spent())
                : thrown;
        ModelAttempt attempt = attempt(failure.problem().slug(), failure, recorder, failure.spent());
        boolean anotherModel = !request.isForItsModel() && failure.problem() == ProviderProblem.PROVIDER_MODEL_UNKNOWN;
        if (!anotherModel) {
            permit.failed(attempt, failure, timeout);
        }
        budget.charge(cost.forFailure(failure, recorder.characters()));
        return new Outcome<>(null, failure, recorder.hasBegun(), attempt);
    }

    private ModelAttempt attempt(
            String outcome, @Nullable ProviderFailure failure, ReplyRecorder recorder, @Nullable TokenUsage usage) {
        Price price = provider.limits().price();
        return new ModelAttempt(
                provider.name(),
                provider.provider().model(),
                startedAt,
                Duration.ofNanos(time.nanos().getAsLong() - start),
                outcome,
                failure == null ? null : failure.getMessage(),
                recorder.firstToken(),
                failure == null ? null : failure.status(),
                usage == null ? null : usage.input(),
                usage == null ? null : usage.output(),
                usage == null || price == null ? null : price.of(usage.input(), usage.output()));
    }
}
