package dev.polyphony.providers.routing;

import static dev.polyphony.providers.contract.FakeProvider.FINE;
import static dev.polyphony.providers.routing.RouterExamples.OPTIONS;
import static dev.polyphony.providers.routing.RouterExamples.REQUEST;
import static dev.polyphony.providers.routing.RouterExamples.failing;
import static dev.polyphony.providers.routing.RouterExamples.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.providers.Capability;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ModelRouter.Answered;
import dev.polyphony.providers.ModelRouter.Routed;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ToolChoice;
import dev.polyphony.providers.contract.FakeProvider;
import dev.polyphony.providers.contract.ModelRequests;
import dev.polyphony.providers.routing.RouterExamples.Special;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** ProviderFactory that are not asked, and who is not blamed. */
class PassedOverTest {
    private final RouterExamples all = new RouterExamples();

    @Test
    void sendsNotOneCallToAPrimaryWhoseCircuitIsOpen() {
        FakeProvider primary = all.add(failing("primary", () -> ProviderProblem.PROVIDER_FAILED.because("503")));
        all.add(new FakeProvider("secondary", all::fine));
        FailoverRouter router = all.router();
        for (int i = 0; i < 5; i++) {
            assertThat(outcomes(router)).containsExactly("provider-failed", "ok");
        }

        for (int i = 0; i < 100; i++) {
            assertThat(outcomes(router)).containsExactly("skipped-circuit-open", "ok");
        }
        assertThat(primary.asked()).hasSize(5);
    }

    @Test
    void passesOverAProviderThatCoolsDown() {
        FakeProvider limited = all.add(failing("limited", () -> ProviderProblem.PROVIDER_RATE_LIMITED.because("429")));
        all.add(new FakeProvider("other", all::fine));
        FailoverRouter router = all.router();

        assertThat(outcomes(router)).containsExactly("provider-rate-limited", "ok");
        assertThat(outcomes(router)).containsExactly("skipped-cooling-down", "ok");
        all.clock.pass(Duration.ofMinutes(5));
        assertThat(outcomes(router)).containsExactly("provider-rate-limited", "ok");
        assertThat(limited.asked()).hasSize(2);
    }

    @Test
    void passesOverAProviderThatIsFull() {
        FailoverRouter[] router = new FailoverRouter[1];
        all.add(
                new FakeProvider("small", (_, _) -> {
                    assertThat(outcomes(router[0])).containsExactly("skipped-full", "ok");
                    return FINE;
                }),
                Special.NOTHING.limited(1));
        all.add(new FakeProvider("other", all::fine));
        router[0] = all.router();

        assertThat(outcomes(router[0])).containsExactly("ok");
    }

    @Test
    void tellsTheCallerAtOnceThatTheRequestIsTooLong() {
        all.add(tooSmall("small"), Special.NOTHING.reading(8_000));
        FakeProvider large = all.add(new FakeProvider("large", all::fine), Special.NOTHING.reading(128_000));

        assertThat(outcomes(all.router())).containsExactly("context-window-exceeded");
        assertThat(large.asked()).isEmpty();
    }

    @Test
    void tellsTheCallerWhenTheRequestFitsNobody() {
        all.add(new FakeProvider("plain", all::fine, EnumSet.noneOf(Capability.class)));
        all.add(tooSmall("small"));
        ModelRequest withTools = REQUEST.withTools(List.of(ModelRequests.WEATHER), ToolChoice.Free.AUTO);

        Routed<ModelReply> routed = all.router().route(withTools, OPTIONS);

        assertThat(routed.attempts())
                .extracting(ModelAttempt::outcome)
                .containsExactly("skipped-capability", "context-window-exceeded");
        assertThat(((Unanswered<ModelReply>) routed).problem()).isEqualTo(ProviderProblem.CONTEXT_WINDOW_EXCEEDED);
    }

    @Test
    void asksOnlyAllowedProvidersAndIgnoresUnknownNames() {
        all.add(new FakeProvider("first", all::fine));
        all.add(new FakeProvider("second", all::fine));

        assertThat(((Answered<ModelReply>) all.router().route(REQUEST, OPTIONS.only(Set.of("second", "unheard-of"))))
                        .provider())
                .isEqualTo("second");
    }

    @Test
    void namesTheProvidersWhenNoneIsAllowed() {
        all.add(new FakeProvider("first", all::fine));
        all.add(new FakeProvider("resting", all::fine), Special.NOTHING, "it rests");

        Routed<ModelReply> routed = all.router().route(REQUEST, OPTIONS.only(Set.of("resting", "unheard-of")));

        assertThat(routed.attempts()).isEmpty();
        assertThat(((Unanswered<ModelReply>) routed).reason())
                .contains("[resting, unheard-of]", "first", "resting (disabled: it rests)");
    }

    @Test
    void doesNotLeaveAProviderAloneForAModelThatItDoesNotKnow() {
        all.add(failing("half", () -> ProviderProblem.PROVIDER_MODEL_UNKNOWN.because("no such model")));
        FailoverRouter router = all.router();

        assertThat(router.embed(List.of("a text"), OPTIONS).attempts())
                .extracting(ModelAttempt::outcome)
                .containsExactly("provider-model-unknown");
        assertThat(outcomes(router)).containsExactly("provider-model-unknown");
        assertThat(outcomes(router)).containsExactly("provider-model-unknown");
    }

    @Test
    void doesNotBlameAProviderForAHurriedRequest() {
        all.add(new FakeProvider("slow", (request, _) -> all.timeOutAfter(request.timeout())));
        ProviderRegistry registry = all.registry();
        FailoverRouter router = new FailoverRouter(registry, false, all.time);

        for (int i = 0; i < 9; i++) {
            router.route(REQUEST.withTimeout(Duration.ofSeconds(9)), OPTIONS);
        }
        assertThat(registry.find("slow").orElseThrow().circuit().failures()).isZero();
        for (int i = 0; i < 5; i++) {
            router.route(REQUEST, OPTIONS);
        }
        assertThat(outcomes(router)).containsExactly("skipped-circuit-open");
    }

    private static FakeProvider tooSmall(String name) {
        return failing(name, () -> ProviderProblem.CONTEXT_WINDOW_EXCEEDED.because(name + " cannot read that much"));
    }
}
