package dev.polyphony.workflows;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.Json;
import dev.polyphony.shared.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs as people read them. Lags the history by milliseconds; a caller always sees its own writes. */
public interface RunQueries {
    Optional<RunView> find(TenantId tenant, WorkflowRunId workflowId);

    /**
     * Runs that have not ended, in the order of their ids.
     *
     * @param after the last run of the page before; null for the first page
     */
    List<WorkflowRunId> open(TenantId tenant, @Nullable WorkflowRunId after, int limit);

    /** The median time from start to completion of the last completed runs of a definition; empty when there is none. */
    Optional<Duration> medianDuration(TenantId tenant, String definition);

    enum RunStatus {
        TRIGGERED,
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED
    }

    enum StepStatus {
        PENDING,
        QUEUED,
        RUNNING,
        COMPLETED,
        FAILED,
        /** The run ended before the step did. */
        SKIPPED
    }

    /**
     * @param subject whom it is about
     * @param erased whether the subject was erased, and with it all text of the run
     * @param problem the published code of why it failed; null when it has none
     * @param reason why it failed; otherwise null
     * @param endedAt when it completed, failed or was cancelled; null while it is open
     * @param steps in the definition's order
     */
    record RunView(
            WorkflowRunId workflowId,
            DataSubject subject,
            boolean erased,
            String definition,
            int version,
            RunOptions options,
            RunStatus status,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String problem,
            @Nullable String reason,
            List<StepView> steps) {}

    /** @param result null until it is completed */
    record StepView(
            StepSpec step,
            StepStatus status,
            int attempt,
            @Nullable StepResult result) {}

    /**
     * @param output what it produced
     * @param usage null when no model was asked
     * @param attempts every call of a provider in the attempt that completed it, in order
     */
    record StepResult(Json output, @Nullable ModelUsage usage, List<ModelAttempt> attempts) {}
}
