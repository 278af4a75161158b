package dev.polyphony.workflows.engine;

import dev.polyphony.agents.AgentDirectory;
import dev.polyphony.agents.AgentProfile;
import dev.polyphony.inspection.Inspection;
import dev.polyphony.inspection.SourceInspector;
import dev.polyphony.providers.ContextChunk;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ModelRouter.Answered;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.budgets.Spender;
import dev.polyphony.providers.RouteOptions;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.shared.Problem;
import dev.polyphony.shared.Rejection;
import dev.polyphony.workflows.StepDefinition;
import dev.polyphony.workflows.StepOutput.ModelCall;
import dev.polyphony.workflows.StepOutput;
import dev.polyphony.workflows.WorkflowRunCommand.CompleteStep;
import dev.polyphony.workflows.WorkflowRunCommand.FailStep;
import dev.polyphony.workflows.WorkflowRunCommand;
import dev.polyphony.workflows.WorkflowRunEvent.StepQueued;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does the work of one attempt at one step and says how it ended; changes nothing itself. */
public final class PerformStep {
    private static final int MAX_TOKENS = 600;
    private static final String ERASED = "The data subject of this run was erased, and with it what the run works on.";

    private final RunHistory journal;
    private final AgentDirectory agents;
    private final SourceInspector sources;
    private final ModelRouter models;
    private final Duration timeout;

    /** @param timeout the longest that the model calls of one step may take together */
    public PerformStep(
            RunHistory journal, AgentDirectory agents, SourceInspector sources, ModelRouter models, Duration timeout) {
        this.journal = journal;
        this.agents = agents;
        this.sources = sources;
        this.models = models;
        this.timeout = timeout;
    }

    /** Blocks until the work is done and returns the command that reports it. */
    public WorkflowRunCommand perform(StepQueued queued) {
        RunState run = journal.read(queued.workflowId());
        StepDefinition step = run.step(queued.step());
        if (run.erased()) {
            return failed(queued, null, ERASED, List.of());
        }
        try {
            Inspection inspection = step.material() == StepDefinition.Material.INSPECTION
                    ? sources.inspect(run.input().source(), run.input().components())
                    : null;
            return askModel(queued, run, step, inspection);
        } catch (Rejection refused) {
            return failed(queued, refused.problem(), String.valueOf(refused.getMessage()), List.of());
        }
    }

    private WorkflowRunCommand askModel(
            StepQueued queued, RunState run, StepDefinition step, @Nullable Inspection inspection) {
        AgentProfile agent = agents.find(step.agent())
                .orElseThrow(() -> new IllegalStateException("there is no agent " + step.agent()));
        StepInput material = new StepInput(run, inspection);
        List<ContextChunk> passages = material.passagesFor(step);
        String question = (step.question() + " " + Focus.of(run.input())).strip();
        ModelRequest request = ModelRequest.about(agent.instructions(), question, passages, MAX_TOKENS, timeout);
        RouteOptions options = RouteOptions.within(timeout)
                .only(Set.copyOf(run.input().providers()))
                .spentBy(new Spender(
                        run.tenant(), agent.id().value(), queued.workflowId().value()));
        return switch (models.route(request, options)) {
            case Answered<ModelReply> answered -> {
                var statements = Statements.in(answered.reply().text(), passages, material.findingsBehind(step));
                var output = new StepOutput(answered.reply().text(), statements, inspection, callOf(answered));
                yield new CompleteStep(queued.workflowId(), step.name(), queued.attempt(), output);
            }
            case Unanswered<ModelReply> unanswered ->
                failed(queued, unanswered.problem(), unanswered.reason(), unanswered.attempts());
        };
    }

    private static ModelCall callOf(Answered<ModelReply> answered) {
        TokenUsage usage = answered.reply().usage();
        return new ModelCall(
                answered.provider(),
                answered.reply().model(),
                answered.reply().finishReason().word(),
                usage == null ? null : usage.input(),
                usage == null ? null : usage.output(),
                answered.attempts());
    }

    private static FailStep failed(
            StepQueued queued, @Nullable Problem problem, String reason, List<ModelAttempt> attempts) {
        return new FailStep(
                queued.workflowId(),
                queued.step(),
                queued.attempt(),
                problem == null ? null : problem.name(),
                printable(reason),
                attempts);
    }

    /** Other people's words may hold a NUL, which PostgreSQL stores in no text. */
    private static String printable(String reason) {
        return reason.replace('\0', '\uFFFD');
    }
}
