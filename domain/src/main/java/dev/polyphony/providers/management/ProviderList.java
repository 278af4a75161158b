package dev.polyphony.providers.management;

import static dev.polyphony.providers.management.ProviderTest.Verdict.FAIL;
import static dev.polyphony.providers.management.ProviderTest.Verdict.NOT_TESTED;
import static dev.polyphony.providers.management.ProviderTest.Verdict.PASS;

import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.management.ProviderTest.Step;
import dev.polyphony.providers.management.ProviderTest.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a provider's list of models shows.
 *
 * @param authentication whether it was shown to our key; some vendors show it to anybody
 * @param shown whether our model is in it; null when there was no list
 * @param problem why there was none, or why our model is not in it; null when all is well
 */
record ProviderList(
        Verdict connectivity,
        Verdict authentication,
        @Nullable Boolean shown,
        @Nullable String problem) {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderList.class);
    private static final int FORBIDDEN = 403;

    static ProviderList of(ModelProvider provider, Duration timeout) {
        try {
            Optional<Set<String>> models = provider.models(timeout);
            return models.map(names -> named(provider.model(), names))
                    .orElseGet(() -> new ProviderList(
                            PASS, NOT_TESTED, null, "%s has no list of its models".formatted(provider.name())));
        } catch (ProviderFailure failure) {
            return failed(failure);
        } catch (RuntimeException | LinkageError bug) {
            LOG.error("provider {} broke its contract", provider.name(), bug);
            return new ProviderList(
                    NOT_TESTED, NOT_TESTED, null, "it failed unexpectedly; the server's log tells more");
        }
    }

    private static ProviderList named(String model, Set<String> names) {
        boolean shown = names.contains(model);
        return new ProviderList(
                PASS,
                PASS,
                shown,
                shown ? null : "'%s' is none of the %d models that it lists".formatted(model, names.size()));
    }

    /** A key may be allowed to ask models and not to list them, which is 403. */
    private static ProviderList failed(ProviderFailure failure) {
        Verdict connectivity = switch (failure.problem()) {
            case PROVIDER_UNREACHABLE, PROVIDER_CONNECT_TIMED_OUT -> FAIL;
            case PROVIDER_TIMED_OUT, PROVIDER_CALL_CANCELLED -> NOT_TESTED;
            default -> failure.status() == null ? NOT_TESTED : PASS;
        };
        boolean refused = failure.problem() == ProviderProblem.PROVIDER_REFUSED_KEY
                && !Integer.valueOf(FORBIDDEN).equals(failure.status());
        return new ProviderList(connectivity, refused ? FAIL : NOT_TESTED, null, failure.getMessage());
    }

    /** Whether it shows that the provider could be asked, or that it could not. */
    boolean isTelling() {
        return connectivity == FAIL || authentication != NOT_TESTED;
    }

    Step step() {
        if (shown == null) {
            return new Step(NOT_TESTED, connectivity == FAIL ? null : problem);
        }
        return new Step(shown ? PASS : FAIL, problem);
    }
}
