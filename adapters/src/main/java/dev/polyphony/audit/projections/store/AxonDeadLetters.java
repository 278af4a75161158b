package dev.polyphony.audit.projections.store;

import dev.polyphony.audit.projections.DeadLetter;
import dev.polyphony.audit.projections.DeadLetters;
import dev.polyphony.audit.projections.ProjectionProblem;
import dev.polyphony.audit.projections.store.Redelivery.Outcome;
import java.util.List;
import java.util.Optional;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.springframework.stereotype.Component;

@Component
class AxonDeadLetters implements DeadLetters {
    private final Processors processors;
    private final DeadLetterTable deadLetters;
    private final Redelivery redelivery;
    private final TransactionManager transactions;
    private final LockRetry locks;

    AxonDeadLetters(
            Processors processors,
            DeadLetterTable deadLetters,
            Redelivery redelivery,
            TransactionManager transactions,
            LockRetry locks) {
        this.processors = processors;
        this.deadLetters = deadLetters;
        this.redelivery = redelivery;
        this.transactions = transactions;
        this.locks = locks;
    }

    @Override
    public List<DeadLetter> list(String projection, long after, int limit) {
        return deadLetters.list(processors.get(projection).getName(), after, limit);
    }

    @Override
    public Retried retry(String projection, long position) {
        PooledStreamingEventProcessor processor = processors.get(projection);
        String sequence = deadLetters
                .find(projection, position)
                .orElseThrow(() -> ProjectionProblem.unknown(projection, position))
                .sequence();
        requireFirst(projection, sequence, position);
        int handled = 0;
        Optional<Long> next = Optional.of(position);
        while (next.isPresent() && handled < MAX_DEAD_LETTERS && isHandled(processor, next.get(), handled)) {
            handled++;
            next = deadLetters.first(projection, sequence);
        }
        return report(projection, sequence, handled);
    }

    private boolean isHandled(PooledStreamingEventProcessor processor, long position, int handledBefore) {
        Outcome outcome = locks.retryOnLock(processor.getName(), () -> redelivery.of(processor, position));
        if (outcome == Outcome.GONE && handledBefore == 0) {
            throw ProjectionProblem.unknown(processor.getName(), position);
        }
        return outcome == Outcome.HANDLED;
    }

    private Retried report(String projection, String sequence, int handled) {
        DeadLetter failed = deadLetters
                .first(projection, sequence)
                .flatMap(first -> deadLetters.find(projection, first))
                .filter(first -> first.tries() > 0)
                .orElse(null);
        return new Retried(handled, deadLetters.count(projection, sequence), failed);
    }

    private void requireFirst(String projection, String sequence, long position) {
        long first = deadLetters.first(projection, sequence).orElse(position);
        if (first < position) {
            throw ProjectionProblem.DEAD_LETTER_NOT_FIRST.because("the dead letter at position " + position + " of "
                    + projection + " waits behind the one at position " + first
                    + " of the same aggregate; retry or discard that one");
        }
    }

    @Override
    public void discard(String projection, long position) {
        processors.get(projection);
        boolean discarded = locks.retryOnLock(
                projection, () -> transactions.fetchInTransaction(() -> isDeleted(projection, position)));
        if (!discarded) {
            throw ProjectionProblem.unknown(projection, position);
        }
    }

    private boolean isDeleted(String projection, long position) {
        locks.setLockTimeout();
        return deadLetters.delete(projection, position);
    }
}
