package dev.polyphony.workflows.automation;

import dev.polyphony.workflows.StepQueueFull;
import dev.polyphony.workflows.WorkflowRunCommand.StartRun;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.axonframework.commandhandling.gateway.CommandGateway;

/**
 * Accepts new runs as long as not too many steps wait here. It bounds them where runs come in: the next steps of accepted runs,
 * and runs taken over from other nodes, are never refused.
 */
public final class RunAdmission {
    private final CommandGateway commands;
    private final IntSupplier waiting;
    private final int maxWaiting;
    private final AtomicInteger starting = new AtomicInteger();

    /** @param waiting how many steps wait now */
    public RunAdmission(CommandGateway commands, IntSupplier waiting, int maxWaiting) {
        this.commands = commands;
        this.waiting = waiting;
        this.maxWaiting = maxWaiting;
    }

    /**
     * Starts a run, and returns when it is durable. One that is being started counts as a step that waits, so that many at once
     * are not all accepted.
     *
     * @throws StepQueueFull when too many steps wait
     */
    public void start(StartRun run) {
        int ahead = starting.getAndIncrement() + waiting.getAsInt();
        try {
            if (ahead >= maxWaiting) {
                throw new StepQueueFull(ahead);
            }
            commands.sendAndWait(run);
        } finally {
            starting.decrementAndGet();
        }
    }
}
