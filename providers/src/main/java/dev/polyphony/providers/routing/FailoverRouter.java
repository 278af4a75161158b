package dev.polyphony.providers.routing;

import dev.polyphony.budgets.Budgets;
import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.RouteOptions;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.resilience.CallOrigin;
import java.util.List;

/** Goes from provider to provider until one has answered. */
public final class FailoverRouter implements ModelRouter {
    private static final ReplyListener NOBODY = new ReplyListener() {
        @Override
        public void onText(String piece) {}

        @Override
        public void onToolCall(ToolCall call) {}
    };

    private final ProviderRegistry registry;
    private final Budgets budgets;
    private final boolean hedged;
    private final TimeSource time;

    /** Whatever it costs. */
    public FailoverRouter(ProviderRegistry registry, boolean hedged, TimeSource time) {
        this(registry, Budgets.NONE, hedged, time);
    }

    /** @param hedged whether a second provider is asked when the first takes longer than it usually does */
    public FailoverRouter(ProviderRegistry registry, Budgets budgets, boolean hedged, TimeSource time) {
        this.registry = registry;
        this.budgets = budgets;
        this.hedged = hedged;
        this.time = time;
    }

    @Override
    public Routed<ModelReply> route(ModelRequest request, RouteOptions options) {
        return ask(new RoutedRequest.Message(request, false), options, NOBODY);
    }

    @Override
    public Routed<ModelReply> route(ModelRequest request, RouteOptions options, ReplyListener listener) {
        return ask(new RoutedRequest.Message(request, true), options, listener);
    }

    @Override
    public Routed<Embeddings> embed(List<String> texts, RouteOptions options) {
        return ask(new RoutedRequest.Vectors(texts), options, NOBODY);
    }

    @Override
    public List<String> providers() {
        return registry.enabled();
    }

    private static CallOrigin origin(RouteOptions options, RoutedRequest<?> request) {
        return options.spender() == null
                ? CallOrigin.unknown()
                : new CallOrigin(options.spender().tenant().toString(), request.identity());
    }

    private <T> Routed<T> ask(RoutedRequest<T> request, RouteOptions options, ReplyListener listener) {
        List<Candidate> candidates = registry.candidates(options, request);
        if (candidates.isEmpty()) {
            return new Unanswered<>(
                    ProviderProblem.AI_PROVIDER_UNAVAILABLE, registry.whyNobody(options), null, List.of());
        }
        CallOptions call =
                new CallOptions(options.deadline(), hedged, budgets.of(options.spender()), origin(options, request));
        return new RoutedCall<>(request, candidates, call, time).answer(listener);
    }
}
