package dev.polyphony.providers.routing;

import dev.polyphony.budgets.Budgets;
import dev.polyphony.providers.ModelRouter.Routed;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.config.Timeouts;
import dev.polyphony.providers.resilience.Admission;
import dev.polyphony.providers.resilience.Admission.Denied;
import dev.polyphony.providers.resilience.CallPermit;
import dev.polyphony.providers.resilience.Measurements;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one request from provider to provider. Everyone is asked once before anyone is asked again; who is asked again has
 * had its pause, and no permit is held meanwhile.
 */
final class RoutedCall<T> {
    private static final Logger LOG = LoggerFactory.getLogger(RoutedCall.class);

    private final RoutedRequest<T> request;
    private final List<Candidate> candidates;
    private final CallOptions options;
    private final Deadline deadline;
    private final TimeSource time;
    private final CallTrail<T> trail;
    private boolean affordable;

    RoutedCall(RoutedRequest<T> request, List<Candidate> candidates, CallOptions options, TimeSource time) {
        this.request = request;
        this.candidates = candidates;
        this.options = options;
        this.time = time;
        this.deadline = new Deadline(options.deadline(), time.nanos());
        this.trail = new CallTrail<>(time.clock());
    }

    Routed<T> answer(ReplyListener listener) {
        for (Candidate next = next(); next != null; next = next()) {
            if (Thread.currentThread().isInterrupted() || !waitedFor(next)) {
                return cancelled();
            }
            if (!deadline.remains()) {
                return outOfTime();
            }
            Budgets.Denied exhausted = affordable ? null : options.budget().denial();
            if (exhausted != null) {
                return trail.unaffordable(exhausted);
            }
            affordable = true;
            CallPermit permit = permitFor(next);
            Routed<T> end = permit == null ? null : ask(next, permit, listener);
            if (end != null) {
                return end;
            }
        }
        return Thread.currentThread().isInterrupted() ? cancelled() : trail.unanswered();
    }

    /** Those that were not asked yet, in their order, before the one that is first to come back. */
    private @Nullable Candidate next() {
        return candidates.stream()
                .filter(Candidate::isFresh)
                .findFirst()
                .or(() -> candidates.stream()
                        .filter(Candidate::isWaiting)
                        .min(Comparator.comparing(RoutedCall::due))
                        .filter(this::isBackInTime))
                .orElse(null);
    }

    private static Instant due(Candidate candidate) {
        return Objects.requireNonNull(candidate.due());
    }

    private boolean isBackInTime(Candidate candidate) {
        boolean inTime = pauseBefore(candidate).compareTo(deadline.left()) < 0;
        if (!inTime) {
            trail.availableAgain(due(candidate));
        }
        return inTime;
    }

    private Duration pauseBefore(Candidate candidate) {
        return candidate.due() == null
                ? Duration.ZERO
                : Duration.between(time.clock().instant(), candidate.due());
    }

    /** False when the thread was interrupted, which it stays. */
    private boolean waitedFor(Candidate candidate) {
        Duration pause = pauseBefore(candidate);
        if (!pause.isPositive()) {
            return true;
        }
        try {
            time.pause().of(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private @Nullable CallPermit permitFor(Candidate candidate) {
        if (!candidate.provider.provider().capabilities().containsAll(request.needs())) {
            Denied denied = new Denied(
                    "skipped-capability",
                    "%s cannot do all that is needed: %s".formatted(candidate.name(), request.needs()),
                    null,
                    ProviderProblem.PROVIDER_LACKS_CAPABILITY);
            trail.skip(candidate, denied);
            return null;
        }
        boolean others = candidates.stream().anyMatch(other -> other != candidate && other.isFresh());
        return switch (admission(candidate, others)) {
            case CallPermit permit -> permit;
            case Denied denied
            when denied.isFull() && others -> {
                candidate.postpone(time.clock().instant());
                trail.passOver(candidate, denied);
                yield null;
            }
            case Denied denied -> {
                trail.skip(candidate, denied);
                yield null;
            }
        };
    }

    /** Nobody waits for room at one provider while another one can be asked. */
    private Admission admission(Candidate candidate, boolean others) {
        int tokens = request.input() + request.output();
        if (others) {
            return candidate.provider.tryAcquire(tokens, options.origin());
        }
        try {
            Duration maxWait = shorter(candidate.provider.limits().queue().maxWait(), deadline.left());
            return candidate.provider.acquire(tokens, options.origin(), maxWait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Denied(
                    "skipped-full",
                    candidate.name() + " was not waited for any longer",
                    null,
                    ProviderProblem.PROVIDER_CALL_CANCELLED);
        }
    }

    /** Null when somebody else is to be asked. */
    private @Nullable Routed<T> ask(Candidate candidate, CallPermit permit, ReplyListener listener) {
        affordable = false; // until it was looked into again
        int place = trail.size();
        Duration hedgeDelay = hedgeDelay(candidate);
        Duration timeout = timeout(candidate);
        List<HedgedCall.Result<T>> results = hedgeDelay == null
                ? List.of(new HedgedCall.Result<>(
                        candidate,
                        new ProviderAttempt<>(candidate.provider, permit, request, options.budget(), time)
                                .make(timeout, listener)))
                : new HedgedCall<>(request, listener, options.budget(), time)
                        .run(
                                new HedgedCall.HedgedAttempt(candidate, permit, timeout),
                                hedgeDelay,
                                () -> secondAttempt(candidate));
        trail.add(place, results.getFirst().outcome().attempt());
        results.stream().skip(1).map(result -> result.outcome().attempt()).forEach(trail::add);
        return results.stream()
                .<Routed<T>>mapMulti((result, found) -> {
                    if (result.outcome().reply() != null) {
                        found.accept(trail.answered(
                                result.outcome().reply(), result.candidate().name()));
                    }
                })
                .findFirst()
                .orElseGet(() -> failed(results));
    }

    private @Nullable Routed<T> failed(List<HedgedCall.Result<T>> results) {
        for (HedgedCall.Result<T> result : results) {
            if (result.outcome().begun()) {
                return trail.unanswered(
                        failure(result).problem(), "; a part of the reply had been told, so nobody else was asked");
            }
        }
        for (HedgedCall.Result<T> result : results) {
            if (failure(result).problem().isRequestsFault()) {
                return trail.unanswered(
                        failure(result).problem(), "; what is asked was refused, so nobody else was asked");
            }
        }
        for (HedgedCall.Result<T> result : results) {
            ProviderFailure failure = failure(result);
            if (failure.problem() == ProviderProblem.PROVIDER_CALL_CANCELLED) {
                Thread.currentThread().interrupt();
                return cancelled();
            }
            trail.failed(result.candidate(), failure.problem());
            result.candidate().failed(failure, time);
            comesBack(result.candidate());
        }
        return null;
    }

    private static ProviderFailure failure(HedgedCall.Result<?> result) {
        return Objects.requireNonNull(result.outcome().failure());
    }

    /**
     * How long a provider is waited for before another one is asked as well; null when none is. A stream that says nothing for
     * most of a short deadline gets company, for nobody could be asked after it.
     */
    private @Nullable Duration hedgeDelay(Candidate candidate) {
        if (candidates.stream().noneMatch(other -> other != candidate && other.isFresh())) {
            return null;
        }
        Duration p95 = options.hedged() ? p95(candidate.provider.measurements()) : null;
        if (p95 != null) {
            return p95;
        }
        Duration share = deadline.share();
        return request.streamed() && share.compareTo(Timeouts.DEFAULT.firstToken()) < 0 ? share : null;
    }

    private @Nullable Duration p95(Measurements measured) {
        return request.streamed() ? measured.p95ToFirstToken() : measured.p95();
    }

    private HedgedCall.@Nullable HedgedAttempt secondAttempt(Candidate running) {
        if (!isAnotherAffordable()) {
            return null;
        }
        for (Candidate other : candidates) {
            CallPermit permit = other != running && other.isFresh() && deadline.remains() ? permitFor(other) : null;
            if (permit != null) {
                return new HedgedCall.HedgedAttempt(other, permit, timeout(other));
            }
        }
        return null;
    }

    /** The first one goes on, also when nobody knows what is left. */
    private boolean isAnotherAffordable() {
        try {
            return options.budget().denial() == null;
        } catch (RuntimeException unknown) {
            LOG.warn("nobody else is asked meanwhile: {}", unknown.toString());
            return false;
        }
    }

    private Duration timeout(Candidate candidate) {
        Duration most = shorter(candidate.provider.settings().timeout(), request.timeout());
        return shorter(share(candidate), most);
    }

    /** Of a whole reply's time some is kept for those that come after; of a stream none, for it may be well under way. */
    private Duration share(Candidate candidate) {
        boolean last = candidates.stream().noneMatch(other -> other != candidate && other.isWaiting());
        return last || request.streamed() ? deadline.rest() : deadline.share();
    }

    /** Also when this request asks it no more, its caller is told when it is worth coming again. */
    private void comesBack(Candidate candidate) {
        if (!candidate.isWaiting() && candidate.due() != null) {
            trail.availableAgain(candidate.due());
        }
    }

    private Routed<T> cancelled() {
        return trail.unanswered(ProviderProblem.PROVIDER_CALL_CANCELLED, "; the call was cancelled");
    }

    private Routed<T> outOfTime() {
        String unasked = candidates.stream()
                .filter(Candidate::isWaiting)
                .map(Candidate::name)
                .collect(Collectors.joining(", "));
        return trail.unanswered(ProviderProblem.PROVIDER_TIMED_OUT, "; no time was left for " + unasked);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
