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
import dev.polyphony.providers.routing.RoutedCall.Terms;
import java.util.List;

/** Goes from provider to provider until one has answered. */
public final class FailoverRouter implements ModelRouter {
    private static final ReplyListener NOBODY = new ReplyListener() {
        @Override
        public void onText(String piece) {}

        @Override
        public void onToolCall(ToolCall call) {}
    };

    private final ProviderRegistry fleet;
    private final Budgets budgets;
    private final boolean hedged;
    private final TimeSource ticks;

    /** Whatever it costs. */
    public FailoverRouter(ProviderRegistry fleet, boolean hedged, TimeSource ticks) {
        this(fleet, Budgets.NONE, hedged, ticks);
    }

    /** @param hedged whether a second provider is asked when the first takes longer than it usually does */
    public FailoverRouter(ProviderRegistry fleet, Budgets budgets, boolean hedged, TimeSource ticks) {
        this.fleet = fleet;
        this.budgets = budgets;
        this.hedged = hedged;
        this.ticks = ticks;
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
        return fleet.enabled();
    }

    private <T> Routed<T> ask(RoutedRequest<T> question, RouteOptions options, ReplyListener listener) {
        List<Candidate> candidates = fleet.candidates(options, question);
        if (candidates.isEmpty()) {
            return new Unanswered<>(ProviderProblem.AI_PROVIDER_UNAVAILABLE, fleet.nobody(options), null, List.of());
        }
        Terms terms = new Terms(options.deadline(), hedged, budgets.of(options.spender()));
        return new RoutedCall<>(question, candidates, terms, ticks).answer(listener);
    }
}
