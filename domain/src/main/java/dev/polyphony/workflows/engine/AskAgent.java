package dev.polyphony.workflows.engine;

import dev.polyphony.agents.AgentDirectory;
import dev.polyphony.agents.AgentProfile;
import dev.polyphony.budgets.Spender;
import dev.polyphony.providers.ContextChunk;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.ModelRouter.Answered;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.RouteOptions;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.shared.JsonValues;
import dev.polyphony.workflows.ModelUsage;
import dev.polyphony.workflows.StepSpec.AgentStep;
import dev.polyphony.workflows.WorkflowProblem;
import dev.polyphony.workflows.WorkflowRunEvent.StepQueued;
import dev.polyphony.workflows.engine.ContextSource.AgentContext;
import dev.polyphony.workflows.engine.StepWork.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Does the steps that an agent does: a model that the router chooses answers for it. */
public final class AskAgent {
    private static final int MAX_TOKENS = 600;

    private final AgentDirectory agents;
    private final ModelRouter models;
    private final Map<String, ContextSource> contexts;
    private final JsonValues json;
    private final Duration timeout;

    /** @param timeout the longest that the model calls of one step may take together */
    public AskAgent(
            AgentDirectory agents,
            ModelRouter models,
            Collection<ContextSource> contexts,
            JsonValues json,
            Duration timeout) {
        this.agents = agents;
        this.models = models;
        this.contexts =
                contexts.stream().collect(Collectors.toUnmodifiableMap(ContextSource::name, Function.identity()));
        this.json = json;
        this.timeout = timeout;
    }

    /** As the attempt's input is recorded: what was asked, and the ids of what was given. */
    record Question(String question, List<String> given) {}

    StepWork work(StepQueued queued, RunState run, AgentStep step) {
        AgentProfile agent = agents.find(step.agent())
                .orElseThrow(
                        () -> WorkflowProblem.STEP_UNSUPPORTED.because("there is no agent '" + step.agent() + "'"));
        ContextSource source = contexts.get(step.context());
        if (source == null) {
            throw WorkflowProblem.STEP_UNSUPPORTED.because("there is no context source '" + step.context() + "'");
        }
        AgentContext context = source.contextOf(run, step);
        List<String> ids = context.given().stream().map(ContextChunk::id).toList();
        return new StepWork(queued, json.write(new Question(context.question(), ids)), () -> ask(agent, run, context));
    }

    private Outcome ask(AgentProfile agent, RunState run, AgentContext context) {
        ModelRequest request =
                ModelRequest.about(agent.instructions(), context.question(), context.given(), MAX_TOKENS, timeout);
        RouteOptions options = RouteOptions.within(timeout)
                .only(Set.copyOf(run.options().providers()))
                .spentBy(new Spender(
                        run.tenant(), agent.id().value(), run.workflowId().value()));
        return switch (models.route(request, options)) {
            case Answered<ModelReply> empty
            when empty.reply().text().isBlank() ->
                new Outcome.Failed(
                        ProviderProblem.PROVIDER_REPLY_EMPTY,
                        "%s wrote nothing (finish reason: %s)"
                                .formatted(
                                        empty.provider(),
                                        empty.reply().finishReason().word()),
                        empty.attempts());
            case Answered<ModelReply> answered ->
                new Outcome.Done(
                        context.output().apply(answered.reply().text()), usageOf(answered), answered.attempts());
            case Unanswered<ModelReply> unanswered ->
                new Outcome.Failed(unanswered.problem(), unanswered.reason(), unanswered.attempts());
        };
    }

    private static ModelUsage usageOf(Answered<ModelReply> answered) {
        TokenUsage usage = answered.reply().usage();
        return new ModelUsage(
                answered.provider(),
                answered.reply().model(),
                answered.reply().finishReason().word(),
                usage == null ? null : usage.input(),
                usage == null ? null : usage.output());
    }
}
