package dev.polyphony.identity.store;

import static dev.polyphony.db.identity.Tables.SECURITY_EVENT;
import static dev.polyphony.db.identity.Tables.SECURITY_EVENT_TOTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.identity.alerts.Incident;
import dev.polyphony.identity.alerts.SecurityEvent;
import dev.polyphony.identity.alerts.SecurityEvent.AccessDenied;
import dev.polyphony.identity.alerts.SecurityEvent.InvalidAuthSent;
import dev.polyphony.identity.alerts.SecurityEvent.PromptInjectionAttempted;
import dev.polyphony.identity.alerts.SecurityEvent.RevokedKeyUsed;
import dev.polyphony.identity.alerts.SecurityEventId;
import dev.polyphony.identity.alerts.SecurityStatistics.SecurityEventView;
import dev.polyphony.identity.alerts.SecurityStatistics.SecurityTotals;
import dev.polyphony.identity.alerts.ThreatLevel;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.shared.TenantId;
import java.time.Instant;
import java.util.Map;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class SecurityStatisticsTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Instant HOUR_AGO = NOW.minusSeconds(3600);

    private final DSLContext sql;
    private final JooqSecurityStatistics statistics;

    SecurityStatisticsTest(DSLContext sql) {
        this.sql = sql;
        this.statistics = new JooqSecurityStatistics(sql, new ReadYourWrites((_, _) -> true));
    }

    @BeforeEach
    void empty() {
        sql.deleteFrom(SECURITY_EVENT).execute();
        sql.deleteFrom(SECURITY_EVENT_TOTAL).execute();
    }

    @Test
    void addsUpWhatEventsStandForWithinTheTenant() {
        statistics.on(wrongKey(1), NOW, "default");
        statistics.on(wrongKey(995), NOW.minusSeconds(7200), "default");
        statistics.on(new AccessDenied(SecurityEventId.random(), incident(ThreatLevel.LOW, true, 2)), NOW, "acme");
        statistics.on(
                new PromptInjectionAttempted(SecurityEventId.random(), incident(ThreatLevel.MEDIUM, false, 3)),
                NOW,
                "acme");
        statistics.on(
                new RevokedKeyUsed(SecurityEventId.random(), incident(ThreatLevel.HIGH, true, 4)),
                NOW.minusSeconds(3601),
                "acme");

        assertThat(statistics.totals(ACME, HOUR_AGO))
                .isEqualTo(new SecurityTotals(
                        9,
                        5,
                        6,
                        4,
                        Map.of("access_denied", 2L, "prompt_injection_attempt", 3L, "revoked_key_used", 4L)));
        assertThat(statistics.totals(TenantId.DEFAULT, HOUR_AGO))
                .isEqualTo(new SecurityTotals(996, 1, 996, 0, Map.of("invalid_auth", 996L)));
        assertThat(statistics.totalsOfAll(HOUR_AGO))
                .extracting(SecurityTotals::total, SecurityTotals::recent, SecurityTotals::highThreat)
                .containsExactly(1005L, 6L, 4L);
        assertThat(statistics.totals(new TenantId("nobody"), HOUR_AGO))
                .isEqualTo(new SecurityTotals(0, 0, 0, 0, Map.of()));
    }

    @Test
    void countsAnEventThatItHearsTwiceOnce() {
        SecurityEvent event = wrongKey(7);

        statistics.on(event, NOW, "acme");
        statistics.on(event, NOW, "acme");

        assertThat(statistics.totals(ACME, HOUR_AGO).total()).isEqualTo(7);
        assertThat(statistics.latest(ACME, 10)).hasSize(1);
    }

    @Test
    void showsTheLatestFirst() {
        for (int i = 1; i <= 5; i++) {
            statistics.on(wrongKey(i), NOW.plusSeconds(i), i % 2 == 0 ? "acme" : "default");
        }

        assertThat(statistics.latest(ACME, 10))
                .extracting(SecurityEventView::count)
                .containsExactly(4L, 2L);
        assertThat(statistics.latestOfAll(3))
                .extracting(SecurityEventView::count, SecurityEventView::timestamp)
                .containsExactly(
                        tuple(5L, NOW.plusSeconds(5)), tuple(4L, NOW.plusSeconds(4)), tuple(3L, NOW.plusSeconds(3)));
        assertThat(statistics.latest(ACME, 1))
                .containsExactly(new SecurityEventView(
                        "invalid_auth",
                        ThreatLevel.MEDIUM,
                        true,
                        "/api/v1/events",
                        NOW.plusSeconds(4),
                        "src-1",
                        "key-1",
                        "api_key",
                        4));
    }

    @Test
    void beginsAgainWithNothing() {
        statistics.on(wrongKey(1), NOW, "acme");

        statistics.reset();

        assertThat(statistics.totalsOfAll(HOUR_AGO).total()).isZero();
        assertThat(statistics.latestOfAll(10)).isEmpty();
    }

    private static SecurityEvent wrongKey(long count) {
        return new InvalidAuthSent(SecurityEventId.random(), incident(ThreatLevel.MEDIUM, true, count));
    }

    private static Incident incident(ThreatLevel level, boolean blocked, long count) {
        return new Incident(level, blocked, "/api/v1/events", "src-1", "key-1", "api_key", count);
    }
}
