package dev.polyphony.conversations.gateway;

import dev.polyphony.identity.Caller;
import dev.polyphony.platform.web.ClientConnection;
import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ModelRouter.Answered;
import dev.polyphony.providers.ModelRouter.Routed;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.RouteOptions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Has the router asked for a client, on the thread of its request, and says in the headers who replied. */
@Component
public class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final ModelRouter router;
    private final DisconnectMonitors watches;
    private final Duration timeout;

    Gateway(ModelRouter router, DisconnectMonitors watches, GatewaySettings settings) {
        this.router = router;
        this.watches = watches;
        this.timeout = settings.timeout();
    }

    /**
     * What was asked for.
     *
     * @param trail who was asked, and how it went
     */
    public record Told<T>(T reply, AttemptTrace trail) {}

    /** What is done while the client is watched. */
    public interface Call<T> {
        /** @param endWatch to be run, on the caller's thread, before anything is written to the client */
        @Nullable
        T make(Runnable endWatch);
    }

    /** The longest that one request may take, with all attempts. */
    public Duration timeout() {
        return timeout;
    }

    /** Ends the call when its client goes away, and then returns nothing: nobody would hear it. */
    public <T> @Nullable T whileListening(HttpServletRequest request, Call<T> call) {
        try {
            return watches.during(ClientConnection.of(request), call);
        } catch (ClientDisconnected gone) {
            LOG.debug("{}", gone.getMessage(), gone);
            return null;
        }
    }

    /** Throws a {@code ProviderFailure} when nobody replied. */
    public Told<ModelReply> whole(ModelRequest request, Target target, Caller caller, HttpServletResponse response) {
        return told(router.route(request, options(target, caller)), ModelReply::model, response);
    }

    /** Throws a {@code ProviderFailure} when nobody replied. */
    public Told<Embeddings> embed(List<String> texts, Target target, Caller caller, HttpServletResponse response) {
        return told(router.embed(texts, options(target, caller)), Embeddings::model, response);
    }

    /** Throws a {@code ProviderFailure} when nobody replied and nothing was told; later failures are told by the stream. */
    public void streamed(
            ModelRequest request, Target target, Caller caller, ReplyStream stream, HttpServletResponse response) {
        Routed<ModelReply> routed = router.route(request, options(target, caller), stream);
        stream.out().stopWatching();
        AttemptTrace trail = AttemptTrace.of(routed, ModelReply::model);
        switch (routed) {
            case Answered<ModelReply> answered -> stream.end(answered.reply(), trail);
            case Unanswered<ModelReply> broken when stream.out().hasBegun() -> stream.fail(broken, trail);
            case Unanswered<ModelReply> unanswered -> {
                trail.tell(response);
                throw unanswered.failure();
            }
        }
    }

    private RouteOptions options(Target target, Caller caller) {
        return target.options(caller.tenant(), timeout);
    }

    private static <T> Told<T> told(Routed<T> routed, Function<T, String> model, HttpServletResponse response) {
        AttemptTrace trail = AttemptTrace.of(routed, model);
        trail.tell(response);
        return switch (routed) {
            case Answered<T> answered -> new Told<>(answered.reply(), trail);
            case Unanswered<T> unanswered -> throw unanswered.failure();
        };
    }
}
