package dev.polyphony.providers.routing;

import static dev.polyphony.providers.contract.FakeProvider.FINE;
import static dev.polyphony.providers.routing.RouterExamples.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.polyphony.budgets.Spender;
import dev.polyphony.budgets.Spending;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRouter.Answered;
import dev.polyphony.providers.ModelRouter.Routed;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.RouteOptions;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.config.ProviderLimits.Price;
import dev.polyphony.providers.contract.FakeProvider;
import dev.polyphony.providers.contract.RecordingListener;
import dev.polyphony.providers.routing.RouterExamples.Special;
import dev.polyphony.shared.TenantId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is paid for, and when nobody is asked any more. */
class BudgetedRouterTest {
    private static final Price DEAR = new Price(new BigDecimal("1000"), new BigDecimal("10000"));
    private static final Spender SPENDER = new Spender(new TenantId("acme"), "fix-agent", "run-1");
    private static final RouteOptions OPTIONS =
            RouteOptions.within(Duration.ofSeconds(60)).spentBy(SPENDER);
    private static final int INPUT = new RoutedRequest.Message(REQUEST, false).input();
    private static final Spending COUNTED = new Spending(38, 0, BigDecimal.ZERO);
    private static final Spending ASKED = new Spending(INPUT, INPUT, BigDecimal.ZERO);

    private static final int WARM_UP = 20;

    private final RouterExamples all = new RouterExamples();
    private final TestBudget budget = new TestBudget(1000);
    private final CompletableFuture<ModelReply> late = new CompletableFuture<>();

    @AfterEach
    void letNobodyWait() {
        late.complete(FINE);
    }

    @Test
    void paysWhatTheProviderCountedAtItsPrice() {
        all.add(new FakeProvider("dear", (_, _) -> FINE), Special.NOTHING.costing(DEAR));

        assertThat(router().route(REQUEST, OPTIONS)).isInstanceOf(Answered.class);

        assertThat(budget.receipts()).containsExactly(new Spending(38, 0, new BigDecimal("0.101")));
        assertThat(budget.spenders()).containsExactly(SPENDER);
    }

    @Test
    void paysForEachAttemptWithOneLookBeforeEach() {
        all.add(failing("wordy", counting(ProviderProblem.REPLY_NOT_BY_SCHEMA)));
        all.add(failing(
                "refusing", ProviderProblem.PROVIDER_FAILED.because("503").answered(503, null)));
        all.add(new FakeProvider("fine", (_, _) -> FINE));

        assertThat(outcomes(router().route(REQUEST, OPTIONS)))
                .containsExactly("reply-not-by-schema", "provider-failed", "ok");

        assertThat(budget.receipts()).containsExactly(new Spending(110, 0, BigDecimal.ZERO), Spending.NOTHING, COUNTED);
        assertThat(budget.looks()).isEqualTo(3);
    }

    @Test
    void asksNobodyWhenNothingIsLeft() {
        FakeProvider never = all.add(new FakeProvider("never", (_, _) -> FINE));
        TestBudget empty = new TestBudget(0);

        Unanswered<ModelReply> refused = (Unanswered<ModelReply>)
                new FailoverRouter(all.registry(), empty, false, all.time).route(REQUEST, OPTIONS);

        assertThat(refused.problem()).isEqualTo(ProviderProblem.BUDGET_EXHAUSTED);
        assertThat(refused.reason()).isEqualTo("The budget is empty.");
        assertThat(refused.failure().retryAfter()).isEqualTo(TestBudget.RENEWAL);
        assertThat(refused.attempts()).isEmpty();
        assertThat(never.asked()).isEmpty();
    }

    @Test
    void asksNobodyElseWhenAnAttemptUsedItUp() {
        all.add(failing("wordy", counting(ProviderProblem.PROVIDER_FAILED)), Special.NOTHING.retried(2));
        FakeProvider never = all.add(new FakeProvider("never", (_, _) -> FINE));
        TestBudget small = new TestBudget(100);

        Unanswered<ModelReply> refused = (Unanswered<ModelReply>)
                new FailoverRouter(all.registry(), small, false, all.time).route(REQUEST, OPTIONS);

        assertThat(refused.problem()).isEqualTo(ProviderProblem.BUDGET_EXHAUSTED);
        assertThat(refused.reason())
                .startsWith("The budget is empty. Before that: ")
                .contains("provider-failed");
        assertThat(outcomes(refused)).containsExactly("provider-failed");
        assertThat(never.asked()).isEmpty();
        assertThat(all.pauses).isEmpty();
    }

    @Test
    void paysForStreamsByTheirCountAndElseByWhatWasTold() {
        all.add(new FakeProvider("streaming", (_, listener) -> {
            listener.onText("Hello wor");
            return FINE.withUsage(budget.receipts().isEmpty() ? FINE.usage() : null);
        }));

        router().route(REQUEST, OPTIONS, new RecordingListener());
        router().route(REQUEST, OPTIONS, new RecordingListener());

        assertThat(budget.receipts()).containsExactly(COUNTED, new Spending(INPUT + 1, INPUT + 1, BigDecimal.ZERO));
    }

    @Test
    void paysForAStreamThatBrokeOff() {
        all.add(
                new FakeProvider("broken", (_, listener) -> {
                    listener.onText("Hello wor");
                    throw ProviderProblem.PROVIDER_STREAM_BROKEN
                            .because("no end")
                            .answered(200, null);
                }),
                Special.NOTHING.costing(DEAR));

        assertThat(router().route(REQUEST, OPTIONS, new RecordingListener())).isInstanceOf(Unanswered.class);

        assertThat(budget.receipts()).containsExactly(new Spending(INPUT + 3, INPUT + 3, DEAR.of(INPUT, 3)));
    }

    @Test
    void letsACallerWhoHangsUpPayForWhatTheyHeard() {
        all.add(new FakeProvider("streaming", (_, listener) -> {
            listener.onText("12345678");
            return FINE;
        }));

        assertThatThrownBy(() -> router().route(REQUEST, OPTIONS, new RecordingListener() {
                    @Override
                    public void onText(String piece) {
                        throw new IllegalStateException("the caller hung up");
                    }
                }))
                .hasMessage("the caller hung up");

        assertThat(budget.receipts()).containsExactly(new Spending(INPUT + 2, INPUT + 2, BigDecimal.ZERO));
    }

    @Test
    void letsACallerWhoCancelsPayForWhatWasAsked() {
        all.add(failing("cancelled", ProviderProblem.PROVIDER_CALL_CANCELLED.because("interrupted")));

        assertThat(router().route(REQUEST, OPTIONS)).isInstanceOf(Unanswered.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(budget.receipts()).containsExactly(ASKED);
    }

    @Test
    void paysNothingForWhatNeverReachedAnybody() {
        all.add(failing("unreachable", ProviderProblem.PROVIDER_UNREACHABLE.because("no connection")));
        all.add(failing(
                "late", ProviderProblem.PROVIDER_TIMED_OUT.because("504").answered(504, null)));

        router().route(REQUEST, OPTIONS);

        assertThat(budget.receipts()).containsExactly(Spending.NOTHING, Spending.NOTHING);
    }

    @Test
    void paysForVectors() {
        all.add(new FakeProvider("vectors", (_, _) -> FINE), Special.NOTHING.costing(DEAR));

        router().embed(List.of("a text"), OPTIONS);

        assertThat(budget.receipts()).containsExactly(new Spending(12, 0, new BigDecimal("0.012")));
        assertThat(budget.spenders()).containsExactly(SPENDER);
    }

    @Test
    void paysForTheLoserOfARaceWhenItsTokensAreKnownAfterAll() {
        FailoverRouter router = raced(new FakeProvider("slow", (_, _) -> isWarm() ? late.join() : quick()));

        Answered<ModelReply> answered = (Answered<ModelReply>) router.route(REQUEST, OPTIONS);
        int before = budget.receipts().size();
        late.complete(FINE.withUsage(new TokenUsage(500, 7)));

        assertThat(answered.provider()).isEqualTo("fast");
        await().untilAsserted(() -> assertThat(budget.receipts())
                .hasSize(before + 1)
                .last()
                .isEqualTo(new Spending(507, 0, BigDecimal.ZERO)));
    }

    @Test
    void paysForWhatTheLoserOfARaceWasAsked() {
        CountDownLatch never = new CountDownLatch(1);
        FailoverRouter router = raced(new FakeProvider("slow", (_, _) -> {
            if (!isWarm()) {
                return quick();
            }
            try {
                never.await();
                return FINE;
            } catch (InterruptedException overtaken) {
                Thread.currentThread().interrupt();
                throw ProviderProblem.PROVIDER_CALL_CANCELLED.because("overtaken");
            }
        }));

        assertThat(((Answered<ModelReply>) router.route(REQUEST, OPTIONS)).provider())
                .isEqualTo("fast");

        await().untilAsserted(() -> assertThat(budget.receipts()).endsWith(ASKED));
    }

    @Test
    void startsNoRaceWhenNobodyKnowsWhatIsLeft() {
        FailoverRouter router = raced(new FakeProvider("slow", (_, _) -> isWarm() ? late.join() : quick()));
        budget.isLost(new IllegalStateException("the ledger is gone"), WARM_UP + 1);

        CompletableFuture<Routed<ModelReply>> routed =
                CompletableFuture.supplyAsync(() -> router.route(REQUEST, OPTIONS), Thread.ofVirtual()::start);
        await().until(() -> budget.looks() == WARM_UP + 2);
        late.complete(FINE);

        assertThat(((Answered<ModelReply>) routed.join()).provider()).isEqualTo("slow");
    }

    @Test
    void letsNobodySpendWhenTheLedgerIsGone() {
        FakeProvider never = all.add(new FakeProvider("never", (_, _) -> FINE));
        RuntimeException gone = new IllegalStateException("the ledger is gone");
        budget.isLost(gone, 0);

        assertThatThrownBy(() -> router().route(REQUEST, OPTIONS)).isSameAs(gone);
        assertThat(never.asked()).isEmpty();
    }

    /** Of two providers the first is known to take a millisecond, after which the second is asked too. */
    private FailoverRouter raced(FakeProvider slow) {
        all.add(slow);
        all.add(new FakeProvider("fast", (_, _) -> FINE));
        FailoverRouter router = new FailoverRouter(all.registry(), budget, true, all.time);
        for (int i = 0; i < WARM_UP; i++) {
            router.route(REQUEST, OPTIONS);
        }
        return router;
    }

    private boolean isWarm() {
        return budget.looks() > WARM_UP;
    }

    private ModelReply quick() {
        all.clock.pass(Duration.ofMillis(1));
        return FINE;
    }

    private FailoverRouter router() {
        return new FailoverRouter(all.registry(), budget, false, all.time);
    }

    private static ProviderFailure counting(ProviderProblem problem) {
        return problem.because("it came to nothing").answered(200, null).afterSpending(new TokenUsage(100, 10));
    }

    private static FakeProvider failing(String name, ProviderFailure failure) {
        return new FakeProvider(name, (_, _) -> {
            throw failure;
        });
    }

    private static List<String> outcomes(Routed<ModelReply> routed) {
        return routed.attempts().stream().map(ModelAttempt::outcome).toList();
    }
}
