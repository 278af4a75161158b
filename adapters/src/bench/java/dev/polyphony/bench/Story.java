package dev.polyphony.bench;

import static dev.polyphony.workflows.WorkflowRunExamples.HERE;
import static dev.polyphony.workflows.WorkflowRunExamples.LOOKER;
import static dev.polyphony.workflows.WorkflowRunExamples.REVIEW;
import static dev.polyphony.workflows.WorkflowRunExamples.attempt;
import static dev.polyphony.workflows.WorkflowRunExamples.input;
import static dev.polyphony.workflows.WorkflowRunExamples.lookOutput;
import static dev.polyphony.workflows.WorkflowRunExamples.question;
import static dev.polyphony.workflows.WorkflowRunExamples.usage;

import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunOptions;
import dev.polyphony.workflows.RunOptions.Priority;
import dev.polyphony.workflows.WorkflowRun;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.StepQueued;
import dev.polyphony.workflows.WorkflowRunEvent.StepStarted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowStarted;
import dev.polyphony.workflows.WorkflowRunId;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/** What has happened to an aggregate, as long as wanted. */
enum Story {
    /** Small events with nothing personal in them. */
    COUNTS("counts", "counter", Counter.class) {
        @Override
        Object event(String id, int number) {
            return new Counter.Counted(id, number, Counter.NOTE);
        }
    },

    /** What runs leave behind: two of three events have encrypted parts, and each run a key of its own. */
    RUNS("runs", "workflow", WorkflowRun.class) {
        @Override
        Object event(String id, int number) {
            WorkflowRunId run = new WorkflowRunId(id);
            DataSubject subject = run.asSubject(TenantId.DEFAULT);
            if (number == 0) {
                return new WorkflowStarted(run, TenantId.DEFAULT, subject, REVIEW, input(), RunOptions.DEFAULT, HERE);
            }
            int attempt = 1 + (number - 1) / EVENTS_OF_A_STEP;
            return switch ((number - 1) % EVENTS_OF_A_STEP) {
                case 0 -> new StepQueued(run, "look", LOOKER, attempt, HERE, Priority.NORMAL);
                case 1 -> new StepStarted(run, subject, "look", attempt, question());
                default ->
                    new StepCompleted(run, subject, "look", LOOKER, attempt, lookOutput(), usage(), List.of(attempt()));
            };
        }
    };

    private static final int EVENTS_OF_A_STEP = 3;
    private static final MetaData PROVENANCE = MessageOrigin.ofServer("bench").metaData();

    private final String title;
    private final String type;
    private final Class<?> aggregate;

    Story(String title, String type, Class<?> aggregate) {
        this.title = title;
        this.type = type;
        this.aggregate = aggregate;
    }

    String title() {
        return title;
    }

    Class<?> aggregate() {
        return aggregate;
    }

    abstract Object event(String id, int number);

    static String newId() {
        return UUID.randomUUID().toString();
    }

    List<DomainEventMessage<?>> of(String id, int events) {
        return IntStream.range(0, events)
                .<DomainEventMessage<?>>mapToObj(
                        number -> new GenericDomainEventMessage<>(type, id, number, event(id, number), PROVENANCE))
                .toList();
    }
}
