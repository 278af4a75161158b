package dev.polyphony.conversations.gateway;

import dev.polyphony.identity.Caller;
import dev.polyphony.platform.web.ClientConnection;
import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.ModelRouter.Answered;
import dev.polyphony.providers.ModelRouter.Routed;
import dev.polyphony.providers.ModelRouter.Unanswered;
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

/** Calls the router for a client, on the thread of its request, and puts the attempts into the headers. */
@Component
public class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final ModelRouter router;
    private final DisconnectMonitors monitors;
    private final Duration timeout;

    Gateway(ModelRouter router, DisconnectMonitors monitors, GatewaySettings settings) {
        this.router = router;
        this.monitors = monitors;
        this.timeout = settings.timeout();
    }

    /** A reply, and the attempts that led to it. */
    public record Result<T>(T reply, AttemptTrace trace) {}

    /** What runs while the client's connection is monitored. */
    public interface Call<T> {
        /** @param monitor for whatever is written to the client meanwhile */
        @Nullable
        T run(DisconnectMonitor monitor);
    }

    /** The longest that one request may take, with all attempts. */
    public Duration timeout() {
        return timeout;
    }

    /** Interrupts the call when its client disconnects, and then returns null. */
    public <T> @Nullable T whileConnected(HttpServletRequest request, Call<T> call) {
        try {
            return monitors.during(ClientConnection.of(request), call);
        } catch (ClientDisconnected disconnected) {
            LOG.debug("{}", disconnected.getMessage(), disconnected);
            return null;
        }
    }

    /** Throws a {@code ProviderFailure} when nobody replied. */
    public Result<ModelReply> complete(
            ModelRequest request, Target target, Caller caller, HttpServletResponse response) {
        return result(router.route(request, options(request, target, caller)), ModelReply::model, response);
    }

    /** Throws a {@code ProviderFailure} when nobody replied. */
    public Result<Embeddings> embed(List<String> texts, Target target, Caller caller, HttpServletResponse response) {
        return result(router.embed(texts, options(target, caller)), Embeddings::model, response);
    }

    /** Throws a {@code ProviderFailure} when nobody replied and nothing was written; the stream reports later failures. */
    public void stream(
            ModelRequest request, Target target, Caller caller, ReplyStream stream, HttpServletResponse response) {
        Routed<ModelReply> routed = router.route(request, options(request, target, caller), stream);
        AttemptTrace trace = AttemptTrace.of(routed, ModelReply::model);
        switch (routed) {
            case Answered<ModelReply> answered -> stream.end(answered.reply(), trace);
            case Unanswered<ModelReply> broken when stream.out().hasStarted() -> stream.fail(broken, trace);
            case Unanswered<ModelReply> unanswered -> {
                trace.writeTo(response);
                throw unanswered.failure();
            }
        }
    }

    private RouteOptions options(ModelRequest request, Target target, Caller caller) {
        return options(target, caller).sentAs(target.fields(request));
    }

    private RouteOptions options(Target target, Caller caller) {
        return target.options(caller.tenant(), timeout);
    }

    private static <T> Result<T> result(Routed<T> routed, Function<T, String> model, HttpServletResponse response) {
        AttemptTrace trace = AttemptTrace.of(routed, model);
        trace.writeTo(response);
        return switch (routed) {
            case Answered<T> answered -> new Result<>(answered.reply(), trace);
            case Unanswered<T> unanswered -> throw unanswered.failure();
        };
    }
}
