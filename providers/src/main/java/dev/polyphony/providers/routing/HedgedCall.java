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
    private final RoutedRequest<T> question;
    private final ReplyListener listener;
    private final BudgetGuard purse;
    private final TimeSource ticks;
    private final BlockingQueue<Signal<T>> signals = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Runner> ahead = new AtomicReference<>();
    private final List<Runner> runners = new ArrayList<>();
    private volatile boolean left;

    /** Somebody who may be asked, with the permit for it and its time. */
    record HedgedAttempt(Candidate candidate, CallPermit permit, Duration within) {}

    /** How it went for one of them. */
    record Result<T>(Candidate candidate, ProviderAttempt.Outcome<T> outcome) {}

    private sealed interface Signal<T> {}

    private record Told<T>(HedgedCall<T>.Runner runner, Consumer<ReplyListener> news, CountDownLatch heard)
            implements Signal<T> {}

    private record Ended<T>(HedgedCall<T>.Runner runner) implements Signal<T> {}

    HedgedCall(RoutedRequest<T> question, ReplyListener listener, BudgetGuard purse, TimeSource ticks) {
        this.question = question;
        this.listener = listener;
        this.purse = purse;
        this.ticks = ticks;
    }

    /**
     * Blocks until one has won or all have failed.
     *
     * @param patience how long the first is alone
     * @param second who joins then; null when nobody can
     * @return how it went, in the order in which they began
     */
    List<Result<T>> run(HedgedAttempt first, Duration patience, Supplier<@Nullable HedgedAttempt> second) {
        try {
            start(first);
            Signal<T> signal = signals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (signal == null) {
                HedgedAttempt other = second.get();
                if (other != null) {
                    start(other);
                }
            }
            while (!isOver(signal)) {
                signal = signals.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            left = true;
            runners.stream().filter(Runner::isRunning).forEach(Runner::interrupt);
        }
        return runners.stream().map(Runner::result).toList();
    }

    private void start(HedgedAttempt entrant) {
        Runner runner = new Runner(entrant);
        runners.add(runner);
        runner.start();
    }

    private boolean isOver(@Nullable Signal<T> signal) {
        return switch (signal) {
            case null -> false;
            case Told<T>(var runner, var news, var heard) -> {
                runners.stream().filter(other -> other != runner).forEach(Runner::interrupt);
                news.accept(listener);
                heard.countDown();
                yield false;
            }
            case Ended<T>(var runner) -> {
                runner.rethrow();
                yield runner.hasDecided() || runners.stream().noneMatch(Runner::isRunning);
            }
        };
    }

    private final class Runner implements ReplyListener {
        private final Candidate candidate;
        private final Thread thread;
        private final Instant startedAt = ticks.clock().instant();
        private final long start = ticks.nanos().getAsLong();
        private volatile ProviderAttempt.@Nullable Outcome<T> outcome;
        private volatile @Nullable Throwable thrown;

        Runner(HedgedAttempt entrant) {
            this.candidate = entrant.candidate();
            ProviderAttempt<T> attempt = new ProviderAttempt<>(candidate.provider, entrant.permit(), question, purse, ticks);
            this.thread = Thread.ofVirtual().name("asks-" + candidate.name()).unstarted(() -> {
                try {
                    outcome = attempt.make(entrant.within(), this);
                } catch (RuntimeException | Error e) { // told to the thread that asked
                    thrown = e;
                }
                signals.add(new Ended<>(this));
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

        /** Whether it replied, or failed when it was too late for another. */
        boolean hasDecided() {
            ProviderAttempt.Outcome<T> how = outcome;
            return how != null && (how.reply() != null || how.heard());
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
                            Duration.ofNanos(ticks.nanos().getAsLong() - start),
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
            tell(to -> to.onText(piece));
        }

        @Override
        public void onToolCall(ToolCall call) {
            tell(to -> to.onToolCall(call));
        }

        /** Blocks until the listener has heard it, so that nothing more is read meanwhile. */
        private void tell(Consumer<ReplyListener> news) {
            if (left || (!ahead.compareAndSet(null, this) && ahead.get() != this)) {
                throw new Overtaken();
            }
            CountDownLatch heard = new CountDownLatch(1);
            signals.add(new Told<>(this, news, heard));
            try {
                heard.await();
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
