package dev.polyphony.providers.routing;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ModelRouter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Asks in ascending priority; of equal priority, in the order of configuration. All attempts share the request's timeout: an
 * attempt may use what is left, except that it leaves a quarter of it while other providers wait behind it, so that one which
 * hangs does not keep them from answering.
 */
public final class PriorityRouter implements ModelRouter {
    private final List<ConfiguredProvider> providers;
    private final Clock clock;
    private final LongSupplier nanos;

    /**
     * @param clock tells when an attempt began
     * @param nanos tells how long it took: nanoseconds that only ever grow, such as {@code System::nanoTime}
     */
    public PriorityRouter(List<ConfiguredProvider> providers, Clock clock, LongSupplier nanos) {
        this.providers = providers.stream()
                .sorted(Comparator.comparingInt(ConfiguredProvider::priority))
                .toList();
        this.clock = clock;
        this.nanos = nanos;
    }

    @Override
    public List<String> providers() {
        return providers.stream()
                .filter(ConfiguredProvider::enabled)
                .map(ConfiguredProvider::name)
                .toList();
    }

    @Override
    public Routed route(ModelRequest request, Set<String> allowed) {
        List<ConfiguredProvider> asked = providers.stream()
                .filter(ConfiguredProvider::enabled)
                .filter(provider -> allowed.isEmpty() || allowed.contains(provider.name()))
                .toList();
        if (asked.isEmpty()) {
            return new Unanswered(nobody(allowed), List.of());
        }
        return ask(request, asked);
    }

    private Routed ask(ModelRequest request, List<ConfiguredProvider> asked) {
        TimeLeft time = new TimeLeft(request.timeout(), nanos);
        List<ModelAttempt> attempts = new ArrayList<>();
        for (int i = 0; i < asked.size() && time.remains() && !cancelled(); i++) {
            boolean last = i == asked.size() - 1;
            Attempt attempt = new Attempt(asked.get(i).provider(), clock, nanos);
            ModelReply reply = attempt.make(request.withTimeout(time.share(last)));
            attempts.add(attempt.trail());
            if (reply != null) {
                return new Answered(reply, asked.get(i).name(), List.copyOf(attempts));
            }
        }
        return new Unanswered(failed(asked, attempts), List.copyOf(attempts));
    }

    /** A provider leaves the interrupt as it is; the next one would only be asked in vain. */
    private static boolean cancelled() {
        return Thread.currentThread().isInterrupted();
    }

    private String nobody(Set<String> allowed) {
        String names = providers.stream()
                .map(provider -> provider.enabled()
                        ? provider.name()
                        : "%s (disabled: %s)".formatted(provider.name(), provider.disabledBecause()))
                .collect(Collectors.joining(", "));
        return allowed.isEmpty()
                ? "no provider is enabled; there are: %s".formatted(names)
                : "none of %s is an enabled provider; there are: %s"
                        .formatted(allowed.stream().sorted().toList(), names);
    }

    private static String failed(List<ConfiguredProvider> asked, List<ModelAttempt> attempts) {
        String failures = attempts.stream()
                .map(attempt -> "%s (%s)".formatted(attempt.error(), attempt.outcome()))
                .collect(Collectors.joining("; "));
        String unasked = asked.stream()
                .skip(attempts.size())
                .map(ConfiguredProvider::name)
                .collect(Collectors.joining(", "));
        String why = cancelled() ? "; the call was cancelled before it reached " : "; no time was left for ";
        return "no provider answered: " + failures + (unasked.isEmpty() ? "" : why + unasked);
    }
}
