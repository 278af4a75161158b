package dev.polyphony.providers.routing;

import dev.polyphony.budgets.Budgets.BudgetGuard;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.resilience.CallPermit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A second provider is asked when the first takes longer than it usually does; whoever tells something first wins, and the other
 * is interrupted. Each runs on a virtual thread; the listener is told on the thread that asked.
 */
final class HedgedCall<T> {
    private final RoutedRequest<T> request;
    private final ReplyListener listener;
    private final BudgetGuard budget;
    private final TimeSource time;
    private final BlockingQueue<Event<T>> events = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable RunningAttempt> ahead = new AtomicReference<>();
    private final List<RunningAttempt> attempts = new ArrayList<>();
    private volatile boolean closed;

    /** Somebody who may be asked, with the permit for it and its time. */
    record HedgedAttempt(Candidate candidate, CallPermit permit, Duration timeout) {}

    /** How it went for one of them. */
    record Result<T>(Candidate candidate, ProviderAttempt.Outcome<T> outcome) {}

    private sealed interface Event<T> {}

    private record Piece<T>(
            HedgedCall<T>.RunningAttempt attempt, Consumer<ReplyListener> piece, CountDownLatch passedOn)
            implements Event<T> {}

    private record Ended<T>(HedgedCall<T>.RunningAttempt attempt) implements Event<T> {}

    HedgedCall(RoutedRequest<T> request, ReplyListener listener, BudgetGuard budget, TimeSource time) {
        this.request = request;
        this.listener = listener;
        this.budget = budget;
        this.time = time;
    }

    /**
     * Blocks until one has won or all have failed.
     *
     * @param delay how long the first is alone
     * @param second who joins then; null when nobody can
     * @return how it went, in the order in which they began
     */
    List<Result<T>> run(HedgedAttempt first, Duration delay, Supplier<@Nullable HedgedAttempt> second) {
        try {
            start(first);
            Event<T> event = events.poll(delay.toNanos(), TimeUnit.NANOSECONDS);
            if (event == null) {
                HedgedAttempt other = second.get();
                if (other != null) {
                    start(other);
                }
            }
            while (!isOver(event)) {
                event = events.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
            attempts.stream().filter(RunningAttempt::isRunning).forEach(RunningAttempt::interrupt);
        }
        return attempts.stream().map(RunningAttempt::result).toList();
    }

    private void start(HedgedAttempt attempt) {
        RunningAttempt running = new RunningAttempt(attempt);
        attempts.add(running);
        running.start();
    }

    private boolean isOver(@Nullable Event<T> event) {
        return switch (event) {
            case null -> false;
            case Piece<T>(var attempt, var piece, var passedOn) -> {
                attempts.stream().filter(other -> other != attempt).forEach(RunningAttempt::interrupt);
                piece.accept(listener);
                passedOn.countDown();
                yield false;
            }
            case Ended<T>(var attempt) -> {
                attempt.rethrow();
                yield attempt.hasDecided() || attempts.stream().noneMatch(RunningAttempt::isRunning);
            }
        };
    }

    private final class RunningAttempt implements ReplyListener {
        private final Candidate candidate;
        private final Thread thread;
        private final Instant startedAt = time.clock().instant();
        private final long start = time.nanos().getAsLong();
        private volatile ProviderAttempt.@Nullable Outcome<T> outcome;
        private volatile @Nullable Throwable thrown;

        RunningAttempt(HedgedAttempt attempt) {
            this.candidate = attempt.candidate();
            ProviderAttempt<T> made =
                    new ProviderAttempt<>(candidate.provider, attempt.permit(), request, budget, time);
            this.thread = Thread.ofVirtual().name("asks-" + candidate.name()).unstarted(() -> {
                try {
                    outcome = made.make(attempt.timeout(), this);
                } catch (RuntimeException | Error e) { // told to the thread that asked
                    thrown = e;
                }
                events.add(new Ended<>(this));
            });
        }

        void start() {
            thread.start();
        }

        void interrupt() {
            thread.interrupt();
        }

        boolean isRunning() {
            return outcome == null && thrown == null;
        }

        /** Whether it replied, failed when it was too late for another, or is refused for what the request is. */
        boolean hasDecided() {
            ProviderAttempt.Outcome<T> how = outcome;
            ProviderFailure failure = how == null ? null : how.failure();
            boolean refused = failure != null && failure.problem().isRequestsFault();
            return how != null && (how.reply() != null || how.begun() || refused);
        }

        void rethrow() {
            if (thrown instanceof Error error) {
                throw error;
            }
        }

        Result<T> result() {
            ProviderAttempt.Outcome<T> how = outcome;
            return new Result<>(candidate, how == null ? cancelled() : how);
        }

        private ProviderAttempt.Outcome<T> cancelled() {
            ProviderFailure failure = ProviderProblem.PROVIDER_CALL_CANCELLED.because(
                    "%s was not waited for any longer".formatted(candidate.name()));
            return new ProviderAttempt.Outcome<>(
                    null,
                    failure,
                    false,
                    new ModelAttempt(
                            candidate.name(),
                            candidate.provider.provider().model(),
                            startedAt,
                            Duration.ofNanos(time.nanos().getAsLong() - start),
                            failure.problem().slug(),
                            failure.getMessage(),
                            null,
                            null,
                            null,
                            null,
                            null));
        }

        @Override
        public void onText(String piece) {
            pass(to -> to.onText(piece));
        }

        @Override
        public void onToolCall(ToolCall call) {
            pass(to -> to.onToolCall(call));
        }

        /** Blocks until the listener has heard it, so that nothing more is read meanwhile. */
        private void pass(Consumer<ReplyListener> piece) {
            if (closed || (!ahead.compareAndSet(null, this) && ahead.get() != this)) {
                throw new Overtaken();
            }
            CountDownLatch passedOn = new CountDownLatch(1);
            events.add(new Piece<>(this, piece, passedOn));
            try {
                passedOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Overtaken();
            }
        }
    }

    /** Ends a stream that nobody listens to any more. */
    private static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overtaken() {
            super("another provider was faster", null, false, false);
        }
    }
}
