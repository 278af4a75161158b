package dev.polyphony.providers.guard;

import dev.polyphony.budgets.Spender;
import dev.polyphony.providers.ContextChunk;
import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.InjectionAlerts;
import dev.polyphony.providers.InjectionAlerts.InjectionAlert;
import dev.polyphony.providers.InjectionAlerts.Origin;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.PromptInjection;
import dev.polyphony.providers.RouteOptions;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.chat.Tool;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.guard.InjectionDetector.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks at every text before it reaches a model. A caller's own message that looks like an injection is refused. A text that others
 * wrote is marked as untrusted and reported; it is never refused, or whoever writes a document could stop the work on it.
 */
public final class GuardedRouter implements ModelRouter {
    private final ModelRouter router;
    private final RememberedJudgements detector;
    private final GuardOptions options;
    private final InjectionAlerts alerts;

    public GuardedRouter(ModelRouter router, InjectionDetector detector, GuardOptions options, InjectionAlerts alerts) {
        this.router = router;
        this.detector = new RememberedJudgements(detector);
        this.options = options;
        this.alerts = alerts;
    }

    @Override
    public Routed<ModelReply> route(ModelRequest request, RouteOptions route) {
        return router.route(guarded(request, route), route);
    }

    @Override
    public Routed<ModelReply> route(ModelRequest request, RouteOptions route, ReplyListener listener) {
        return router.route(guarded(request, route), route, listener);
    }

    @Override
    public Routed<Embeddings> embed(List<String> texts, RouteOptions route) {
        return router.embed(texts, route);
    }

    @Override
    public List<String> providers() {
        return router.providers();
    }

    private ModelRequest guarded(ModelRequest request, RouteOptions route) {
        if (options.mode() == GuardOptions.Mode.OFF) {
            return request;
        }
        for (int i = 0; i < request.messages().size(); i++) {
            checkOwn(request.messages().get(i), field(route, i), route);
        }
        List<ChatMessage> messages = new ArrayList<>();
        for (int i = 0; i < request.messages().size(); i++) {
            messages.add(untrusted(request.messages().get(i), field(route, i), route));
        }
        List<ContextChunk> passages = request.passages().stream()
                .map(passage -> isSuspicious(passage.text(), passage.id(), route) ? passage.marked() : passage)
                .toList();
        List<Tool> tools =
                request.tools().stream().map(tool -> untrusted(tool, route)).toList();
        return request.withMessages(messages).withPassages(passages).withTools(tools, request.toolChoice());
    }

    /** Blank where the message is not the caller's: this server wrote it. */
    private static String field(RouteOptions route, int index) {
        return index < route.fields().size() ? route.fields().get(index) : "";
    }

    private void checkOwn(ChatMessage message, String field, RouteOptions route) {
        boolean isOwn = message instanceof ChatMessage.User || message instanceof ChatMessage.Instructions;
        if (field.isEmpty() || !isOwn) {
            return;
        }
        Judgement judgement = detector.judge(message.text());
        if (judgement.score() < options.threshold()) {
            return;
        }
        boolean blocked = options.mode() == GuardOptions.Mode.BLOCK;
        alerts.report(alert(route, Origin.CALLER, field, judgement, blocked));
        if (blocked) {
            throw new PromptInjection(field, judgement.patterns());
        }
    }

    /** What a model said before may repeat an injection: it is reported, and stays as it was said. */
    private ChatMessage untrusted(ChatMessage message, String field, RouteOptions route) {
        String name = field.isEmpty() ? "messages" : field;
        return switch (message) {
            case ChatMessage.ToolResult result
            when isSuspicious(result.text(), name, route) ->
                new ChatMessage.ToolResult(result.callId(), result.tool(), UntrustedText.delimited(result.text()));
            case ChatMessage.Assistant(String text, List<ToolCall> calls) -> {
                isSuspicious(
                        Stream.concat(Stream.of(text), calls.stream().map(ToolCall::arguments))
                                .collect(Collectors.joining("\n")),
                        name,
                        route);
                yield message;
            }
            case ChatMessage.User(String text)
            when field.isEmpty() -> {
                isSuspicious(text, name, route);
                yield message;
            }
            default -> message;
        };
    }

    private Tool untrusted(Tool tool, RouteOptions route) {
        return isSuspicious(tool.description(), "tools." + tool.name() + ".description", route)
                ? new Tool(tool.name(), ContextChunk.WARNING + " " + tool.description(), tool.schema())
                : tool;
    }

    private boolean isSuspicious(String text, String field, RouteOptions route) {
        Judgement judgement = detector.judge(text);
        boolean suspicious = judgement.score() >= options.untrustedThreshold();
        if (suspicious) {
            alerts.report(alert(route, Origin.UNTRUSTED, field, judgement, false));
        }
        return suspicious;
    }

    private static InjectionAlert alert(
            RouteOptions route, Origin origin, String field, Judgement judgement, boolean blocked) {
        Spender spender = route.spender();
        return new InjectionAlert(
                spender == null ? null : spender.tenant(),
                origin,
                field,
                judgement.patterns(),
                judgement.score(),
                blocked);
    }
}
