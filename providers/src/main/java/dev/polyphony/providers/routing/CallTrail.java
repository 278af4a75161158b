package dev.polyphony.providers.routing;

import dev.polyphony.budgets.Budgets;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelRouter.Answered;
import dev.polyphony.providers.ModelRouter.Routed;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.resilience.Admission.Denied;
import dev.polyphony.shared.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What became of the attempts of one call, and what it comes to. */
final class CallTrail<T> {
    /** What callers are told when it is all that was in the way. */
    private static final Set<ProviderProblem> SAME =
            EnumSet.of(ProviderProblem.PROVIDER_RATE_LIMITED, ProviderProblem.PROVIDER_MODEL_UNKNOWN);

    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final Clock clock;
    private final List<ModelAttempt> attempts = new ArrayList<>();
    private final Map<String, ProviderProblem> problems = new LinkedHashMap<>();
    private final List<Instant> availableAgain = new ArrayList<>();

    CallTrail(Clock clock) {
        this.clock = clock;
    }

    int size() {
        return attempts.size();
    }

    void add(ModelAttempt attempt) {
        attempts.add(attempt);
    }

    /** @param place where it stands in the order in which attempts began */
    void add(int place, ModelAttempt attempt) {
        attempts.add(place, attempt);
    }

    void failed(Candidate candidate, ProviderProblem problem) {
        problems.put(candidate.name(), problem);
    }

    void availableAgain(Instant when) {
        availableAgain.add(when);
    }

    /** A provider is passed over and not asked any more. */
    void skip(Candidate candidate, Denied denied) {
        candidate.drop();
        passOver(candidate, denied);
    }

    /** A provider is passed over for now. */
    void passOver(Candidate candidate, Denied denied) {
        if (denied.until() != null) {
            availableAgain.add(denied.until());
        }
        attempts.add(new ModelAttempt(
                candidate.name(),
                candidate.provider.provider().model(),
                clock.instant(),
                Duration.ZERO,
                denied.outcome(),
                denied.reason(),
                null,
                null,
                null,
                null,
                null));
        problems.put(candidate.name(), denied.problem());
    }

    Routed<T> answered(T reply, String provider) {
        return new Answered<>(reply, provider, attempts);
    }

    /** Nobody is left. It is the request's own fault when all say so; what only cannot do it has no say beside others. */
    Routed<T> unanswered() {
        List<ProviderProblem> able = problems.values().stream()
                .filter(problem -> problem.kind() != Problem.Kind.INVALID)
                .distinct()
                .toList();
        if (able.isEmpty() && !problems.isEmpty()) {
            return unanswered(problems.values().iterator().next(), "");
        }
        boolean same = able.size() == 1 && SAME.contains(able.getFirst());
        return unanswered(same ? able.getFirst() : ProviderProblem.AI_PROVIDER_UNAVAILABLE, "");
    }

    Routed<T> unanswered(ProviderProblem problem, String end) {
        Duration retryAfter = availableAgain.stream()
                .min(Comparator.naturalOrder())
                .map(back -> Duration.between(clock.instant(), back))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .orElse(problem == ProviderProblem.PROVIDER_RATE_LIMITED ? COME_BACK : null);
        return new Unanswered<>(problem, "no provider answered: " + failures() + end, retryAfter, attempts);
    }

    Routed<T> unaffordable(Budgets.Denied exhausted) {
        String before = attempts.isEmpty() ? "" : " Before that: " + failures();
        return new Unanswered<>(
                ProviderProblem.BUDGET_EXHAUSTED, exhausted.reason() + before, exhausted.renewedIn(), attempts);
    }

    private String failures() {
        return attempts.stream()
                .map(attempt -> "%s (%s)".formatted(attempt.error(), attempt.outcome()))
                .collect(Collectors.joining("; "));
    }
}
