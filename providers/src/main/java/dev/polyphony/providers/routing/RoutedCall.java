package dev.polyphony.providers.routing;

import dev.polyphony.budgets.Budgets.BudgetGuard;
import dev.polyphony.budgets.Budgets.Denied;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelRouter.Answered;
import dev.polyphony.providers.ModelRouter.Routed;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.resilience.Admission;
import dev.polyphony.providers.resilience.CallPermit;
import dev.polyphony.providers.resilience.Measurements;
import dev.polyphony.providers.vendor.Timeouts;
import dev.polyphony.shared.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    private final RoutedRequest<T> question;
    private final List<Candidate> candidates;
    private final Terms terms;
    private final Deadline time;
    private final TimeSource ticks;
    private final List<ModelAttempt> trail = new ArrayList<>();
    private final List<ProviderProblem> problems = new ArrayList<>();
    private final List<Instant> comingBack = new ArrayList<>();
    private boolean affordable;

    /**
     * How the call is made.
     *
     * @param deadline the longest that all of it may take
     * @param hedged whether a second provider is asked when the first takes longer than it usually does
     * @param purse pays for every attempt, and is looked into before it
     */
    record Terms(Duration deadline, boolean hedged, BudgetGuard purse) {}

    RoutedCall(RoutedRequest<T> question, List<Candidate> candidates, Terms terms, TimeSource ticks) {
        this.question = question;
        this.candidates = candidates;
        this.terms = terms;
        this.ticks = ticks;
        this.time = new Deadline(terms.deadline(), ticks.nanos());
    }

    Routed<T> answer(ReplyListener listener) {
        for (Candidate next = next(); next != null; next = next()) {
            if (Thread.currentThread().isInterrupted() || !waitedFor(next)) {
                return cancelled();
            }
            if (!time.remains()) {
                return outOfTime();
            }
            Denied denied = affordable ? null : terms.purse().denial();
            if (denied != null) {
                return unaffordable(denied);
            }
            affordable = true;
            CallPermit permit = permitFor(next);
            Routed<T> end = permit == null ? null : ask(next, permit, listener);
            if (end != null) {
                return end;
            }
        }
        return unanswered(problem(), "");
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
        boolean inTime = pauseBefore(candidate).compareTo(time.left()) < 0;
        if (!inTime) {
            comingBack.add(due(candidate));
        }
        return inTime;
    }

    private Duration pauseBefore(Candidate candidate) {
        return candidate.due() == null
                ? Duration.ZERO
                : Duration.between(ticks.clock().instant(), candidate.due());
    }

    /** False when the thread was interrupted, which it stays. */
    private boolean waitedFor(Candidate candidate) {
        Duration pause = pauseBefore(candidate);
        if (!pause.isPositive()) {
            return true;
        }
        try {
            ticks.pause().of(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private @Nullable CallPermit permitFor(Candidate candidate) {
        if (!candidate.provider.provider().capabilities().containsAll(question.needs())) {
            skip(
                    candidate,
                    new Admission.Refusal(
                            "skipped-capability",
                            "%s cannot do all that is needed: %s".formatted(candidate.name(), question.needs()),
                            null));
            problems.add(ProviderProblem.PROVIDER_LACKS_CAPABILITY);
            return null;
        }
        return switch (candidate.provider.enter(question.input() + question.output())) {
            case CallPermit permit -> permit;
            case Admission.Refusal refusal -> {
                skip(candidate, refusal);
                problems.add(ProviderProblem.AI_PROVIDER_UNAVAILABLE);
                yield null;
            }
        };
    }

    private void skip(Candidate candidate, Admission.Refusal refusal) {
        candidate.drop();
        if (refusal.until() != null) {
            comingBack.add(refusal.until());
        }
        trail.add(new ModelAttempt(
                candidate.name(),
                candidate.provider.provider().model(),
                ticks.clock().instant(),
                Duration.ZERO,
                refusal.outcome(),
                refusal.reason(),
                null,
                null,
                null,
                null,
                null));
    }

    /** Null when somebody else is to be asked. */
    private @Nullable Routed<T> ask(Candidate candidate, CallPermit permit, ReplyListener listener) {
        affordable = false; // until it was looked into again
        int place = trail.size();
        Duration patience = patience(candidate);
        Duration within = within(candidate);
        List<HedgedCall.Result<T>> results = patience == null
                ? List.of(new HedgedCall.Result<>(
                        candidate,
                        new ProviderAttempt<>(candidate.provider, permit, question, terms.purse(), ticks)
                                .make(within, listener)))
                : new HedgedCall<>(question, listener, terms.purse(), ticks)
                        .run(new HedgedCall.HedgedAttempt(candidate, permit, within), patience, () -> challenger(candidate));
        trail.add(place, results.getFirst().outcome().trail());
        results.stream().skip(1).map(result -> result.outcome().trail()).forEach(trail::add);
        return results.stream()
                .<Routed<T>>mapMulti((result, found) -> {
                    if (result.outcome().reply() != null) {
                        found.accept(new Answered<>(
                                result.outcome().reply(), result.candidate().name(), trail));
                    }
                })
                .findFirst()
                .orElseGet(() -> failed(results));
    }

    private @Nullable Routed<T> failed(List<HedgedCall.Result<T>> results) {
        for (HedgedCall.Result<T> result : results) {
            if (result.outcome().heard()) {
                return unanswered(
                        failure(result).problem(), "; a part of the reply had been told, so nobody else was asked");
            }
        }
        for (HedgedCall.Result<T> result : results) {
            ProviderFailure failure = failure(result);
            if (failure.problem() == ProviderProblem.PROVIDER_CALL_CANCELLED) {
                Thread.currentThread().interrupt();
                return cancelled();
            }
            problems.add(failure.problem());
            result.candidate().failed(failure, ticks);
            if (failure.problem() == ProviderProblem.CONTEXT_WINDOW_EXCEEDED) {
                dropSmallerThan(result.candidate());
            }
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
    private @Nullable Duration patience(Candidate candidate) {
        if (candidates.stream().noneMatch(other -> other != candidate && other.isFresh())) {
            return null;
        }
        Duration usual = terms.hedged() ? usual(candidate.provider.measurements()) : null;
        if (usual != null) {
            return usual;
        }
        Duration most = time.share();
        return question.streamed() && most.compareTo(Timeouts.DEFAULT.firstToken()) < 0 ? most : null;
    }

    private @Nullable Duration usual(Measurements measured) {
        return question.streamed() ? measured.p95ToFirstToken() : measured.p95();
    }

    private HedgedCall.@Nullable HedgedAttempt challenger(Candidate running) {
        if (!isAnotherAffordable()) {
            return null;
        }
        for (Candidate other : candidates) {
            CallPermit permit = other != running && other.isFresh() && time.remains() ? permitFor(other) : null;
            if (permit != null) {
                return new HedgedCall.HedgedAttempt(other, permit, within(other));
            }
        }
        return null;
    }

    /** The first one goes on, also when nobody knows what is left. */
    private boolean isAnotherAffordable() {
        try {
            return terms.purse().denial() == null;
        } catch (RuntimeException unknown) {
            LOG.warn("nobody else is asked meanwhile: {}", unknown.toString());
            return false;
        }
    }

    private Duration within(Candidate candidate) {
        Duration longest = shorter(candidate.provider.settings().timeout(), question.timeout());
        return shorter(share(candidate), longest);
    }

    /** Of a whole reply's time some is kept for those that come after; of a stream none, for it may be well under way. */
    private Duration share(Candidate candidate) {
        boolean last = candidates.stream().noneMatch(other -> other != candidate && other.isWaiting());
        return last || question.streamed() ? time.rest() : time.share();
    }

    private void dropSmallerThan(Candidate tooSmall) {
        Integer window = tooSmall.provider.rules().contextTokens();
        if (window == null) {
            return;
        }
        for (Candidate other : candidates) {
            Integer theirs = other.provider.rules().contextTokens();
            if (other.isWaiting() && theirs != null && theirs <= window) {
                skip(
                        other,
                        new Admission.Refusal(
                                "skipped-context-window",
                                "the context window of %s, %d tokens, is not larger than that of %s"
                                        .formatted(other.name(), theirs, tooSmall.name()),
                                null));
                problems.add(ProviderProblem.CONTEXT_WINDOW_EXCEEDED);
            }
        }
    }

    /** The request's own fault when all say so. */
    private ProviderProblem problem() {
        boolean refusedByAll = problems.stream().allMatch(problem -> problem.kind() == Problem.Kind.INVALID);
        return refusedByAll && !problems.isEmpty() ? problems.getFirst() : ProviderProblem.AI_PROVIDER_UNAVAILABLE;
    }

    private Routed<T> cancelled() {
        return unanswered(ProviderProblem.PROVIDER_CALL_CANCELLED, "; the call was cancelled");
    }

    private Routed<T> outOfTime() {
        String unasked = candidates.stream()
                .filter(Candidate::isWaiting)
                .map(Candidate::name)
                .collect(Collectors.joining(", "));
        return unanswered(ProviderProblem.PROVIDER_TIMED_OUT, "; no time was left for " + unasked);
    }

    private Routed<T> unaffordable(Denied denied) {
        String before = trail.isEmpty() ? "" : " Before that: " + failures();
        return new Unanswered<>(
                ProviderProblem.BUDGET_EXHAUSTED, denied.reason() + before, denied.renewedIn(), trail);
    }

    private String failures() {
        return trail.stream()
                .map(attempt -> "%s (%s)".formatted(attempt.error(), attempt.outcome()))
                .collect(Collectors.joining("; "));
    }

    private Unanswered<T> unanswered(ProviderProblem problem, String end) {
        Duration retryAfter = comingBack.stream()
                .min(Comparator.naturalOrder())
                .map(back -> Duration.between(ticks.clock().instant(), back))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .orElse(null);
        return new Unanswered<>(problem, "no provider answered: " + failures() + end, retryAfter, trail);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
