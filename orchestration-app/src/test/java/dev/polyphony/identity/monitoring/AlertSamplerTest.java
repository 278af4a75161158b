package dev.polyphony.identity.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.polyphony.identity.alerts.SecurityEventType;
import dev.polyphony.identity.monitoring.AlertSampler.Count;
import dev.polyphony.shared.TenantId;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlertSamplerTest {
    private static final TenantId ACME = new TenantId("acme");

    private final AlertSampler sampler = new AlertSampler();

    @Test
    void letsTheFirstFewOfASourceBeEventsAndCountsTheOthers() {
        AlertKind wrong = kind(SecurityEventType.INVALID_AUTH, TenantId.DEFAULT, "a");

        assertThat(admitted(wrong, 1000)).isEqualTo(AlertSampler.SINGLES);
        assertThat(sampler.endMinute()).containsExactly(new Count(wrong, 1000 - AlertSampler.SINGLES));
        assertThat(sampler.endMinute()).isEmpty();
        assertThat(admitted(wrong, 1000)).isEqualTo(AlertSampler.SINGLES);
    }

    @Test
    void writesNothingMoreWhenNothingWasCounted() {
        assertThat(admitted(kind(SecurityEventType.LOCKOUT, ACME, "a"), AlertSampler.SINGLES))
                .isEqualTo(AlertSampler.SINGLES);
        assertThat(sampler.endMinute()).isEmpty();
    }

    @Test
    void tellsTypesTenantsSourcesAndOutcomesApart() {
        AlertKind first = kind(SecurityEventType.INVALID_AUTH, ACME, "a");
        List<AlertKind> all = List.of(
                first,
                kind(SecurityEventType.ACCESS_DENIED, ACME, "a"),
                kind(SecurityEventType.INVALID_AUTH, TenantId.DEFAULT, "a"),
                kind(SecurityEventType.INVALID_AUTH, ACME, "b"),
                new AlertKind(SecurityEventType.INVALID_AUTH, ACME, false, "a"));

        all.forEach(kind -> assertThat(admitted(kind, 7)).isEqualTo(AlertSampler.SINGLES));

        assertThat(sampler.endMinute())
                .extracting(Count::kind, Count::count)
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(kind -> tuple(kind, 2L)).toList());
    }

    @Test
    void writesNoMoreThanAFewEventsAMinuteWhateverComesFromWherever() {
        int singles = 0;
        long sent = 0;
        for (int source = 0; source < 3 * AlertSampler.MAX_SOURCES; source++) {
            for (SecurityEventType type : SecurityEventType.values()) {
                singles += sampler.admit(kind(type, new TenantId("t" + source % 100), "s" + source)) ? 1 : 0;
                sent++;
            }
        }
        List<Count> counts = sampler.endMinute();

        assertThat(singles).isEqualTo(AlertSampler.MAX_SINGLES);
        assertThat(counts).hasSizeLessThanOrEqualTo(2 * AlertSampler.MAX_COUNTS + SecurityEventType.values().length);
        assertThat(counts.stream().mapToLong(Count::count).sum()).isEqualTo(sent - singles);
    }

    @Test
    void showsWhoSentTheMost() {
        for (int source = 0; source < 200; source++) {
            admitted(kind(SecurityEventType.INVALID_AUTH, TenantId.DEFAULT, "few" + source), 6);
        }
        admitted(kind(SecurityEventType.INVALID_AUTH, TenantId.DEFAULT, "many"), 500);
        admitted(kind(SecurityEventType.ACCESS_DENIED, ACME, "few"), 1);

        List<Count> counts = sampler.endMinute();

        assertThat(counts.getFirst().kind().source()).isEqualTo("many");
        assertThat(counts).extracting(Count::kind).contains(kind(SecurityEventType.ACCESS_DENIED, ACME, null));
    }

    private int admitted(AlertKind kind, int times) {
        return (int) IntStream.range(0, times).filter(_ -> sampler.admit(kind)).count();
    }

    private static AlertKind kind(SecurityEventType type, TenantId tenant, @Nullable String source) {
        return new AlertKind(type, tenant, true, source);
    }
}
