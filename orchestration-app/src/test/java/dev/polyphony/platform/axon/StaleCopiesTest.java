package dev.polyphony.platform.axon;

import static dev.polyphony.budgets.BudgetExamples.TODAY;
import static dev.polyphony.budgets.BudgetExamples.limits;
import static dev.polyphony.budgets.BudgetExamples.spent;
import static dev.polyphony.budgets.BudgetExamples.tellExhausted;
import static dev.polyphony.workflows.WorkflowRunExamples.ALICE;
import static dev.polyphony.workflows.WorkflowRunExamples.HERE;
import static dev.polyphony.workflows.WorkflowRunExamples.REVIEW;
import static dev.polyphony.workflows.WorkflowRunExamples.THERE;
import static dev.polyphony.workflows.WorkflowRunExamples.input;
import static dev.polyphony.workflows.WorkflowRunExamples.lookOutput;
import static dev.polyphony.workflows.WorkflowRunExamples.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.polyphony.budgets.BudgetCommand.ReportExhausted;
import dev.polyphony.identity.ApiKeyCommand.IssueApiKey;
import dev.polyphony.identity.ApiKeyGrant;
import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.postgres.TestDatabase;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunOptions;
import dev.polyphony.workflows.WorkflowRunCommand.BeginStep;
import dev.polyphony.workflows.WorkflowRunCommand.CompleteStep;
import dev.polyphony.workflows.WorkflowRunCommand.StartRun;
import dev.polyphony.workflows.WorkflowRunCommand.TakeOverRun;
import dev.polyphony.workflows.WorkflowRunId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node keeps a copy of an aggregate, and another node changes that aggregate. */
@ExtendWith(PostgresExtension.class)
class StaleCopiesTest {
    private final CommandNode here;
    private final CommandNode deaf;
    private final CommandNode alone;
    private final WorkflowRunId run = WorkflowRunId.random("review");

    StaleCopiesTest(TestDatabase database) {
        this.here = CommandNode.on(database);
        this.deaf = CommandNode.deafOn(database);
        this.alone = CommandNode.aloneOn(database);
    }

    @AfterEach
    void close() {
        here.close();
        deaf.close();
        alone.close();
    }

    @Test
    void areThrownAwayWhenTheNewsComes() {
        WorkflowRunId copied = startedHere();

        deaf.send(new BeginStep(copied, "look", 1, question()));

        await().until(() -> !here.hasCopyOf(copied));
    }

    /** A busy machine may read its own event back before it knows that it wrote it, and throw the copy away. */
    private WorkflowRunId startedHere() {
        return await().until(
                        () -> {
                            WorkflowRunId started = WorkflowRunId.random("review");
                            here.send(start(started));
                            return Optional.of(started).filter(here::hasCopyOf);
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void makeACommandDecideAgainThatHasLostTheRace() {
        deaf.send(start());
        here.send(begin("look"));

        deaf.send(new TakeOverRun(run, HERE, THERE));

        assertThat(deaf.decisions()).isEqualTo(2);
        assertThat(types())
                .containsExactly(
                        "workflow.started",
                        "workflow.step.queued",
                        "workflow.step.started",
                        "workflow.taken_over",
                        "workflow.step.queued");
    }

    @Test
    void makeACommandDecideAgainThatWasRefused() {
        deaf.send(start());
        here.send(begin("look"));

        deaf.send(new CompleteStep(run, "look", 1, lookOutput(), null, List.of()));

        assertThat(deaf.decisions()).isEqualTo(2);
        assertThat(types()).endsWith("workflow.step.started", "workflow.step.completed", "workflow.step.queued");
    }

    @Test
    void makeNoCommandDecideMoreThanTwiceThatIsRefusedRightly() {
        here.send(start());

        assertThatThrownBy(() -> here.send(begin("say"))).isInstanceOf(Rejection.class);

        assertThat(here.decisions()).isEqualTo(2);
        assertThat(here.hasCopyOf(run)).isFalse();
    }

    @Test
    void areNotSuspectedWhereNobodyElseWrites() {
        alone.send(start());

        assertThatThrownBy(() -> alone.send(begin("say"))).isInstanceOf(Rejection.class);

        assertThat(alone.decisions()).isEqualTo(1);
    }

    /** Two servers that start at once issue the same key. */
    @Test
    void doNotExistYetWhenTwoNodesMakeTheSameThing() {
        ApiKeyGrant grant = new ApiKeyGrant(TenantId.DEFAULT, "admin", Set.of(Role.ADMIN), Scope.ALL, null);
        IssueApiKey issue = new IssueApiKey(ApiKeyId.FIRST, grant, "");
        deaf.meanwhile(() -> assertThat(here.send(issue)).isEqualTo(true));

        assertThat(deaf.send(issue)).isEqualTo(false);
        assertThat(deaf.decisions()).isEqualTo(2);
    }

    /** The calls that notice may be on two nodes at once, and notice it again. */
    @Test
    void doNotTellTwiceThatABudgetIsUsedUp() {
        ReportExhausted tell = tellExhausted(limits(1000, null), spent(1004, "0"));
        deaf.meanwhile(() -> assertThat(here.send(tell)).isEqualTo(true));

        assertThat(deaf.send(tell)).isEqualTo(false);
        assertThat(here.send(tell)).isEqualTo(false);

        assertThat(here.history().ofAggregate(TODAY.toString(), 0, 100)).hasSize(1);
    }

    @Test
    void doNotLetAnIdBeUsedTwice() {
        deaf.send(start());
        here.send(start());

        assertThat(types()).containsOnlyOnce("workflow.started");
    }

    private StartRun start() {
        return start(run);
    }

    private static StartRun start(WorkflowRunId run) {
        return new StartRun(run, TenantId.DEFAULT, ALICE, REVIEW, input(), RunOptions.DEFAULT, HERE);
    }

    private BeginStep begin(String step) {
        return new BeginStep(run, step, 1, question());
    }

    private List<String> types() {
        return here.history().ofAggregate(run.value(), 0, 100).stream()
                .map(event -> event.content().type())
                .toList();
    }
}
