package dev.polyphony.identity.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.identity.Caller;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.identity.SecurityAlerts.AccessDenied;
import dev.polyphony.identity.SecurityAlerts.InvalidAuth;
import dev.polyphony.identity.SecurityAlerts.Lockout;
import dev.polyphony.identity.SecurityAlerts.PromptInjection;
import dev.polyphony.identity.SecurityAlerts.RateLimitExceeded;
import dev.polyphony.identity.SecurityAlerts.RefreshTokenReused;
import dev.polyphony.identity.SecurityAlerts.RevokedKeyUsed;
import dev.polyphony.identity.SecurityAlerts.SecurityAlert;
import dev.polyphony.identity.SecurityAlerts.SuspiciousPattern;
import dev.polyphony.identity.Tier;
import dev.polyphony.identity.alerts.Incident;
import dev.polyphony.identity.alerts.SecurityEventCommand.RecordSecurityEvent;
import dev.polyphony.identity.alerts.SecurityEventType;
import dev.polyphony.identity.alerts.ThreatLevel;
import dev.polyphony.identity.web.CallerPrincipal;
import dev.polyphony.platform.security.HandlerLookup;
import dev.polyphony.platform.web.RequestIdFilter;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.TenantId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@ExtendWith(OutputCaptureExtension.class)
class SecurityEventRecorderTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final String ADDRESS = "192.0.2.7";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<CommandMessage<?>> written = new CopyOnWriteArrayList<>();
    private final SourceDigest sources = new SourceDigest(new DerivedKeys(new byte[32]));
    private final SecurityEventQueue queue = queue();
    private final SecurityEventRecorder recorder =
            new SecurityEventRecorder(new CurrentRequest(new HandlerLookup(mapping())), sources, queue, meters);

    @RestController
    static final class Handlers {
        @GetMapping("/things/{id}")
        void thing() {}
    }

    @BeforeEach
    void start() {
        queue.start();
    }

    @AfterEach
    void stop() {
        queue.stop();
        RequestContextHolder.resetRequestAttributes();
        SecurityContextHolder.clearContext();
    }

    static Stream<Arguments> alerts() {
        return Stream.of(
                Arguments.of(
                        new InvalidAuth(ADDRESS, "jwt"), SecurityEventType.INVALID_AUTH, ThreatLevel.MEDIUM, "jwt"),
                Arguments.of(new Lockout(ADDRESS, "mfa"), SecurityEventType.LOCKOUT, ThreatLevel.HIGH, "mfa"),
                Arguments.of(
                        new RefreshTokenReused(ADDRESS),
                        SecurityEventType.REFRESH_TOKEN_REUSED,
                        ThreatLevel.HIGH,
                        null),
                Arguments.of(
                        new RevokedKeyUsed(ADDRESS, TenantId.DEFAULT, "key-1"),
                        SecurityEventType.REVOKED_KEY_USED,
                        ThreatLevel.HIGH,
                        null),
                Arguments.of(new AccessDenied(ADDRESS), SecurityEventType.ACCESS_DENIED, ThreatLevel.LOW, null),
                Arguments.of(
                        new RateLimitExceeded(ADDRESS, "requests"),
                        SecurityEventType.RATE_LIMIT_EXCEEDED,
                        ThreatLevel.MEDIUM,
                        "requests"),
                Arguments.of(
                        new PromptInjection(ADDRESS, null, "caller", true),
                        SecurityEventType.PROMPT_INJECTION_ATTEMPT,
                        ThreatLevel.HIGH,
                        "caller"),
                Arguments.of(
                        new PromptInjection(ADDRESS, null, "untrusted", false),
                        SecurityEventType.PROMPT_INJECTION_ATTEMPT,
                        ThreatLevel.MEDIUM,
                        "untrusted"),
                Arguments.of(
                        new SuspiciousPattern(ADDRESS, "path"),
                        SecurityEventType.SUSPICIOUS_PATTERN,
                        ThreatLevel.MEDIUM,
                        "path"));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void makesAnEventOfEachAlertOutsideARequest(
            SecurityAlert alert, SecurityEventType type, ThreatLevel level, String detail) {
        recorder.raise(alert);

        RecordSecurityEvent event = only();
        assertThat(event.type()).isEqualTo(type);
        assertThat(event.incident())
                .isEqualTo(new Incident(
                        level,
                        !(alert instanceof PromptInjection injection) || injection.blocked(),
                        null,
                        sources.of(ADDRESS),
                        alert instanceof RevokedKeyUsed ? "key-1" : null,
                        detail,
                        1));
        assertThat(origin().tenant()).isEqualTo(TenantId.DEFAULT);
        assertThat(meters.counter("polyphony.security.alerts", "type", type.toString())
                        .count())
                .isEqualTo(1);
    }

    @Test
    void addsWhatTheRequestAndItsCallerAre(CapturedOutput log) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/things/ply_live_secret");
        request.setQueryString("token=ply_live_secret");
        request.setRemoteAddr(ADDRESS);
        request.setAttribute(RequestIdFilter.HEADER, "req-7");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        SecurityContextHolder.getContext()
                .setAuthentication(new TestingAuthenticationToken(
                        CallerPrincipal.of(
                                "key-7", new Caller(ACME, "key:app", Set.of(Role.USER), Scope.ALL, Tier.FREE)),
                        ""));

        recorder.raise(new AccessDenied(""));

        assertThat(only().incident())
                .isEqualTo(new Incident(ThreatLevel.LOW, true, "/things/{id}", sources.of(ADDRESS), "key-7", null, 1));
        assertThat(origin()).isEqualTo(new MessageOrigin(ACME, "system:security", "req-7", "req-7"));
        assertThat(log.getAll())
                .contains("security.access_denied from 192.0.2.7 at /things/{id} with key-7")
                .doesNotContain("ply_live_secret");
    }

    @Test
    void namesNoAddressAndCountsOneNetworkAsOneSource() {
        assertThat(sources.of(ADDRESS)).matches("src-[0-9a-f]{16}").isNotEqualTo(sources.of("192.0.2.8"));
        assertThat(sources.of("2001:db8::1")).isEqualTo(sources.of("2001:db8::2"));
        assertThat(new SourceDigest(new DerivedKeys(new byte[] {
                            1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                            0
                        }))
                        .of(ADDRESS))
                .isNotEqualTo(sources.of(ADDRESS));
    }

    private RecordSecurityEvent only() {
        await().until(() -> written.size() == 1);
        return (RecordSecurityEvent) written.getFirst().getPayload();
    }

    private MessageOrigin origin() {
        return MessageOrigin.of(written.getFirst().getMetaData());
    }

    private SecurityEventQueue queue() {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        bus.subscribe(RecordSecurityEvent.class.getName(), command -> {
            written.add(command);
            return null;
        });
        return new SecurityEventQueue(
                DefaultCommandGateway.builder().commandBus(bus).build(), meters, Duration.ofDays(1));
    }

    private static RequestMappingHandlerMapping mapping() {
        StaticWebApplicationContext context = new StaticWebApplicationContext();
        context.setServletContext(new MockServletContext());
        context.registerSingleton("handlers", Handlers.class);
        context.refresh();
        RequestMappingHandlerMapping mapping = new RequestMappingHandlerMapping();
        mapping.setApplicationContext(context);
        mapping.afterPropertiesSet();
        return mapping;
    }
}
