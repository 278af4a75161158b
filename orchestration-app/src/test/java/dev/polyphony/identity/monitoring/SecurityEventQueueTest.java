package dev.polyphony.identity.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.identity.alerts.Incident;
import dev.polyphony.identity.alerts.SecurityEventCommand.RecordSecurityEvent;
import dev.polyphony.identity.alerts.SecurityEventType;
import dev.polyphony.identity.alerts.ThreatLevel;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.TenantId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecurityEventQueueTest {
    private static final AlertKind KIND =
            new AlertKind(SecurityEventType.INVALID_AUTH, new TenantId("acme"), true, "src-1");
    private static final Incident INCIDENT =
            new Incident(ThreatLevel.MEDIUM, true, "/live", "src-1", null, "api_key", 1);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<CommandMessage<?>> written = new CopyOnWriteArrayList<>();
    private final CountDownLatch database = new CountDownLatch(1);
    private final SecurityEventQueue queue = queue(Duration.ofDays(1));

    @AfterEach
    void stop() {
        database.countDown();
        queue.stop();
    }

    @Test
    void writesOnAThreadOfItsOwnAndSaysWhereItComesFrom() {
        database.countDown();
        queue.start();

        queue.add(KIND, INCIDENT, "req-1");

        await().until(() -> written.size() == 1);
        assertThat(written.getFirst().getMetaData())
                .isEqualTo(new MessageOrigin(new TenantId("acme"), "system:security", "req-1", "req-1").metaData());
        assertThat(written.getFirst().getPayload())
                .extracting("type", "incident")
                .containsExactly(SecurityEventType.INVALID_AUTH, INCIDENT);
    }

    @Test
    void neverBlocksAndCountsWhatItDrops() {
        queue.start();

        for (int i = 0; i < 10_000; i++) {
            queue.add(KIND, INCIDENT, "req-" + i);
        }
        double dropped = dropped();
        assertThat(dropped).isBetween(9_000.0, 9_999.0);

        database.countDown();
        queue.stop();
        assertThat(written.size() + dropped).isEqualTo(10_000);
    }

    @Test
    void writesTheCountsAtTheEndOfTheMinuteAndOfTheProcess() {
        database.countDown();
        SecurityEventQueue quick = queue(Duration.ofMillis(20));
        quick.start();
        try {
            admit(quick, 1000);
            await().untilAsserted(() -> assertThat(counted()).isEqualTo(1000 - AlertSampler.SINGLES));
        } finally {
            quick.stop();
        }

        queue.start();
        admit(queue, 100);
        queue.stop();
        assertThat(counted()).isEqualTo(1100 - 2 * AlertSampler.SINGLES);
    }

    @Test
    void countsWhatCannotBeWrittenAndGoesOn() {
        SimpleCommandBus broken = SimpleCommandBus.builder().build();
        SecurityEventQueue failing = new SecurityEventQueue(
                DefaultCommandGateway.builder().commandBus(broken).build(), meters, Duration.ofDays(1));
        failing.start();

        failing.add(KIND, INCIDENT, "req-1");
        await().until(() -> dropped() == 1);
        failing.add(KIND, INCIDENT, "req-2");

        await().until(() -> dropped() == 2);
        failing.stop();
    }

    private static void admit(SecurityEventQueue queue, int times) {
        for (int i = 0; i < times; i++) {
            queue.admits(KIND);
        }
    }

    private long counted() {
        return written.stream()
                .map(command -> ((RecordSecurityEvent) command.getPayload()).incident())
                .filter(incident -> incident.path() == null)
                .mapToLong(Incident::count)
                .sum();
    }

    private double dropped() {
        return meters.get("polyphony.security.alerts.dropped").counter().count();
    }

    private SecurityEventQueue queue(Duration period) {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        bus.subscribe(RecordSecurityEvent.class.getName(), command -> {
            database.await();
            written.add(command);
            return null;
        });
        return new SecurityEventQueue(
                DefaultCommandGateway.builder().commandBus(bus).build(), meters, period);
    }
}
