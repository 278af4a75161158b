package dev.polyphony.providers.routing;

import dev.polyphony.budgets.Budgets.BudgetGuard;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.FirstToken;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.resilience.CallPermit;
import dev.polyphony.providers.resilience.GuardedProvider;
import dev.polyphony.providers.resilience.ProviderLimits.Price;
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
    private final RoutedRequest<T> question;
    private final BudgetGuard purse;
    private final CostEstimate bill;
    private final TimeSource ticks;
    private final Instant startedAt;
    private final long start;

    /**
     * How it went.
     *
     * @param reply null when there was none
     * @param failure null when there was a reply
     * @param heard whether the listener was told anything
     */
    record Outcome<T>(@Nullable T reply, @Nullable ProviderFailure failure, boolean heard, ModelAttempt trail) {}

    /** @param purse pays for it, whatever becomes of it */
    ProviderAttempt(GuardedProvider provider, CallPermit permit, RoutedRequest<T> question, BudgetGuard purse, TimeSource ticks) {
        this.provider = provider;
        this.permit = permit;
        this.question = question;
        this.purse = purse;
        this.bill = new CostEstimate(question.input(), provider.rules().price());
        this.ticks = ticks;
        this.startedAt = ticks.clock().instant();
        this.start = ticks.nanos().getAsLong();
    }

    /** Throws what the listener throws, and errors of this process. */
    Outcome<T> make(Duration within, ReplyListener listener) {
        Told told = new Told(listener);
        FirstToken first = new FirstToken(told, ticks.nanos());
        try {
            return answered(question.ask(provider.provider(), within, first), first);
        } catch (ProviderFailure failure) {
            rethrow(told);
            return failed(failure, told, first, within);
        } catch (RuntimeException
                | LinkageError bug) { // a native library that does not load is the provider's matter too
            rethrow(told);
            LOG.error("provider {} broke its contract", provider.name(), bug);
            ProviderFailure failure = ProviderProblem.PROVIDER_FAILED.because(
                    "%s failed unexpectedly: %s".formatted(provider.name(), bug));
            return failed(failure, told, first, within);
        } finally {
            permit.close();
        }
    }

    private Outcome<T> answered(T reply, FirstToken first) {
        ModelAttempt trail = trail(ModelAttempt.OK, null, first, question.usage(reply));
        permit.succeeded(trail);
        purse.pay(bill.forReply(question.usage(reply), question.written(reply)));
        return new Outcome<>(reply, null, first.after() != null, trail);
    }

    /** A caller who goes away pays for what was told. */
    private void rethrow(Told told) {
        if (told.thrown != null) {
            purse.pay(bill.estimate(told.characters));
            throw told.thrown;
        }
    }

    private Outcome<T> failed(ProviderFailure failure, Told told, FirstToken first, Duration within) {
        ModelAttempt trail = trail(failure.problem().slug(), failure, first, failure.spent());
        boolean anotherModel = !question.isForItsModel() && failure.problem() == ProviderProblem.PROVIDER_MODEL_UNKNOWN;
        if (!anotherModel) {
            permit.failed(trail, failure, within);
        }
        purse.pay(bill.forFailure(failure, told.characters));
        return new Outcome<>(null, failure, first.after() != null, trail);
    }

    private ModelAttempt trail(
            String outcome, @Nullable ProviderFailure failure, FirstToken first, @Nullable TokenUsage usage) {
        Price price = provider.rules().price();
        return new ModelAttempt(
                provider.name(),
                provider.provider().model(),
                startedAt,
                Duration.ofNanos(ticks.nanos().getAsLong() - start),
                outcome,
                failure == null ? null : failure.getMessage(),
                first.after(),
                failure == null ? null : failure.status(),
                usage == null ? null : usage.input(),
                usage == null ? null : usage.output(),
                usage == null || price == null ? null : price.of(usage.input(), usage.output()));
    }

    /** Knows what the listener was told and what it threw: that is the caller's matter and no failure of the provider. */
    private static final class Told implements ReplyListener {
        private final ReplyListener listener;
        private @Nullable RuntimeException thrown;
        private int characters;

        Told(ReplyListener listener) {
            this.listener = listener;
        }

        @Override
        public void onText(String piece) {
            characters += piece.length();
            try {
                listener.onText(piece);
            } catch (RuntimeException e) {
                thrown = e;
                throw e;
            }
        }

        @Override
        public void onToolCall(ToolCall call) {
            characters += RoutedRequest.Message.length(call);
            try {
                listener.onToolCall(call);
            } catch (RuntimeException e) {
                thrown = e;
                throw e;
            }
        }
    }
}
