package dev.polyphony.workflows.automation;

import dev.polyphony.postgres.SqlFailure;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.Rejection;
import dev.polyphony.workflows.WorkflowRunCommand;
import dev.polyphony.workflows.WorkflowRunEvent.StepQueued;
import dev.polyphony.workflows.WorkflowRunId;
import dev.polyphony.workflows.engine.PerformStep;
import dev.polyphony.workflows.engine.StepWork;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Works on steps, a bounded number at once, on virtual threads; of those that wait, the run with the higher priority goes
 * first. It keeps nothing that the history does not know: a step that dies with the process is queued again.
 */
public final class StepExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(StepExecutor.class);
    private static final int SHUTDOWN_SECONDS = 20;

    private final CommandGateway commands;
    private final CommandGateway reports;
    private final PerformStep performStep;
    private final ThreadPoolExecutor workers;
    private final Map<WorkflowRunId, Set<Job>> inProgress = new ConcurrentHashMap<>();

    /**
     * @param reports sends outcomes until the history has taken them
     * @param limit steps that are worked on at once
     */
    public StepExecutor(CommandGateway commands, CommandGateway reports, PerformStep performStep, int limit) {
        this.commands = commands;
        this.reports = reports;
        this.performStep = performStep;
        this.workers = new ThreadPoolExecutor(
                limit,
                limit,
                10,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(),
                Thread.ofVirtual().name("step-", 0).factory());
        workers.allowCoreThreadTimeOut(true);
    }

    void execute(StepQueued step, MessageOrigin origin) {
        Job job = new Job(step, origin);
        inProgress.compute(step.workflowId(), (_, jobs) -> {
            Set<Job> more = jobs == null ? new HashSet<>() : jobs;
            more.add(job);
            return more;
        });
        workers.execute(job);
    }

    /** Interrupts what is worked on here for the run, and drops what waits. */
    void cancel(WorkflowRunId workflowId) {
        List<Job> jobs = new ArrayList<>();
        inProgress.computeIfPresent(workflowId, (_, of) -> {
            jobs.addAll(of);
            return of;
        });
        for (Job job : jobs) {
            job.work.cancel();
            if (workers.remove(job)) {
                ended(job);
            }
        }
    }

    private void ended(Job job) {
        inProgress.computeIfPresent(job.step.workflowId(), (_, jobs) -> {
            jobs.remove(job);
            return jobs.isEmpty() ? null : jobs;
        });
    }

    /** Whether a step of the run is waiting or worked on here. */
    public boolean isWorkingOn(WorkflowRunId workflowId) {
        return inProgress.containsKey(workflowId);
    }

    int running() {
        return workers.getActiveCount();
    }

    /** How many steps wait until others have ended. */
    public int waiting() {
        return workers.getQueue().size();
    }

    private void work(Job job) {
        StepQueued step = job.step;
        MetaData metaData = job.origin.metaData();
        try (var _ = MDC.putCloseable("request_id", job.origin.correlationId())) {
            StepWork work = prepare(step);
            commands.sendAndWait(work.begin(), metaData);
            LOG.debug("workflow {}: {} begins (attempt {})", step.workflowId(), step.step(), step.attempt());
            Optional<WorkflowRunCommand> report = perform(job, work);
            report.ifPresent(outcome -> reports.sendAndWait(outcome, metaData));
            LOG.debug(
                    "workflow {}: {} {}",
                    step.workflowId(),
                    step.step(),
                    report.isPresent() ? "ended" : "was cancelled");
        } catch (Rejection outdated) {
            LOG.info("workflow {}: {} is no longer ours: {}", step.workflowId(), step.step(), outdated.getMessage());
        } catch (RuntimeException failure) {
            LOG.warn("workflow {}: {} will be taken up again: {}", step.workflowId(), step.step(), failure.toString());
        } finally {
            ended(job);
        }
    }

    private StepWork prepare(StepQueued step) {
        try {
            return performStep.prepare(step);
        } catch (Throwable failure) {
            return failed(step, failure);
        }
    }

    /** Empty when it was cancelled. */
    private static Optional<WorkflowRunCommand> perform(Job job, StepWork work) {
        try {
            return job.work.perform(work::perform);
        } catch (Throwable failure) {
            return Optional.of(failed(job.step, failure).perform());
        }
    }

    /**
     * Errors too: a step that exhausts memory or stack fails by its own fault and is not taken up for ever. Only a database that
     * went away says nothing about the step: that failure is thrown.
     */
    private static StepWork failed(StepQueued step, Throwable failure) {
        if (failure instanceof RuntimeException outage && SqlFailure.isBehind(outage, SqlFailure::passes)) {
            throw outage;
        }
        LOG.error("workflow {}: {} failed on a bug", step.workflowId(), step.step(), failure);
        String reason = "internal error: " + failure.getClass().getSimpleName() + "; the server's log tells more";
        return StepWork.failing(step, null, reason);
    }

    /** Lets running steps finish for a while; what does not is taken up again at the next start. */
    void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException hurry) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private final class Job implements Runnable, Comparable<Job> {
        private final StepQueued step;
        private final MessageOrigin origin;
        private final CancellableWork work = new CancellableWork();

        private Job(StepQueued step, MessageOrigin origin) {
            this.step = step;
            this.origin = origin;
        }

        @Override
        public void run() {
            work(this);
        }

        @Override
        public int compareTo(Job other) {
            return other.step.priority().compareTo(step.priority());
        }
    }
}
