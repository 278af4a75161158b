package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.identity.ApiKeySecret;
import dev.polyphony.identity.Role;
import dev.polyphony.shared.TenantId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** What somebody tries is kept, without what he sent. */
@ExtendWith(OutputCaptureExtension.class)
class SecurityEventsTest extends ServerTest {
    private static final String METRICS = "/metrics/security";
    private static final Duration MORE_THAN_A_MINUTE = Duration.ofSeconds(100);

    @Test
    void tellsATenantsAdminOfHisOwnTenantOnly() {
        Api admin = api(TenantKey.issue(api(), new TenantId("watched"), Role.ADMIN));
        Api user = api(TenantKey.issue(api(), new TenantId("watched"), Role.USER));
        Api other = api(TenantKey.issue(api(), new TenantId("unwatched"), Role.ADMIN));

        assertThat(user.get(METRICS).status()).isEqualTo(403);

        await().atMost(MORE_THAN_A_MINUTE).until(() -> count(admin, "/total_events") == 1);
        JsonNode metrics = admin.get(METRICS).json();
        assertThat(metrics.at("/statistics/events_by_type").toString()).isEqualTo("{\"access_denied\":1}");
        assertThat(metrics.at("/statistics/events_last_hour").asLong()).isEqualTo(1);
        assertThat(metrics.at("/statistics/blocked_events").asLong()).isEqualTo(1);
        assertThat(metrics.at("/statistics/high_threat_events").asLong()).isZero();
        assertThat(metrics.at("/statistics/active_lockouts").isNull()).isTrue();
        assertThat(metrics.at("/timestamp").isString()).isTrue();
        assertThat(metrics.at("/recent_events")).hasSize(1);
        assertThat(metrics.at("/recent_events/0/type").asString()).isEqualTo("access_denied");
        assertThat(metrics.at("/recent_events/0/threat_level").asString()).isEqualTo("low");
        assertThat(metrics.at("/recent_events/0/blocked").asBoolean()).isTrue();
        assertThat(other.get(METRICS).json().at("/statistics/total_events").asLong())
                .isZero();
        assertThat(api().get(METRICS).json().at("/statistics/total_events").asLong())
                .isPositive();
    }

    @Test
    void tellsTheTenantWhoseRevokedKeyWasUsed() {
        Api admin = api(TenantKey.issue(api(), new TenantId("revoking"), Role.ADMIN));
        JsonNode issued =
                admin.post("/api/v1/api-keys", "{\"name\":\"revoked\"}").json();
        assertThat(admin.delete("/api/v1/api-keys/" + issued.at("/id").asString())
                        .status())
                .isEqualTo(204);

        await().until(() ->
                api(issued.at("/key").asString()).get("/api/v1/webhooks").status() == 401);

        await().atMost(MORE_THAN_A_MINUTE).until(() -> count(admin, "/events_by_type/revoked_key_used") == 1);
        assertThat(count(admin, "/high_threat_events")).isEqualTo(1);
    }

    @Test
    void stopsLookingAtAnAddressAndKeepsCountOfWhatItSends(CapturedOutput log) {
        long before = count(api(), "/events_by_type/invalid_auth");
        long limited = count(api(), "/events_by_type/rate_limit_exceeded");
        String key = ApiKeySecret.generate(new SecureRandom()).value();
        for (int i = 0; i < 60; i++) {
            assertThat(fromAfar(key).status()).isEqualTo(401);
        }

        RawRequest.Reply refused = fromAfar(key);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.head()).containsPattern("(?i)\r\nRetry-After: [1-9]");
        assertThat(refused.body()).contains("\"RateLimitError\"");
        for (int i = 0; i < 39; i++) {
            assertThat(fromAfar(key).status()).isEqualTo(429);
        }
        assertThat(fromAfar(KEY).status())
                .as("a known key from the same address")
                .isEqualTo(404);
        assertThat(api().get("/agents").status()).as("another address").isEqualTo(404);

        await().atMost(MORE_THAN_A_MINUTE)
                .until(() -> count(api(), "/events_by_type/invalid_auth") >= before + 60
                        && count(api(), "/events_by_type/rate_limit_exceeded") >= limited + 40);
        assertThat(events("security.invalid_auth")).hasSizeLessThan(60);
        assertThat(log.getAll()).contains("from 127.0.0.77").doesNotContain(key);
        assertThat(api().get("/api/v1/events?limit=1000&type=security.invalid_auth")
                        .text())
                .doesNotContain(key, "127.0.0.77");
    }

    /** With the header the address would be a new one each time. */
    private RawRequest.Reply fromAfar(String key) {
        return RawRequest.sendFrom(
                "127.0.0.77",
                port(),
                "GET /agents HTTP/1.1|Host: localhost|Connection: close|X-API-Key: " + key
                        + "|X-Forwarded-For: 198.51.100." + (System.nanoTime() & 127)
                        + "|Forwarded: for=198.51.100.7|X-Real-IP: 198.51.100.7||");
    }

    @Test
    void keepsRequestsThatNoHonestClientSends() {
        long before = count(api(), "/events_by_type/suspicious_pattern");

        RawRequest.send(port(), "GET /api/..%2f..%2fetc/passwd HTTP/1.1|Host: localhost|Connection: close||");
        RawRequest.send(port(), "GET /live//x HTTP/1.1|Host: localhost|Connection: close||");

        await().atMost(MORE_THAN_A_MINUTE)
                .until(() -> count(api(), "/events_by_type/suspicious_pattern") >= before + 1);
    }

    private static long count(Api reader, String what) {
        return reader.get(METRICS).json().at("/statistics" + what).asLong();
    }

    private List<JsonNode> events(String type) {
        return StreamSupport.stream(
                        api().get("/api/v1/events?limit=1000&type=" + type)
                                .json()
                                .at("/items")
                                .spliterator(),
                        false)
                .toList();
    }
}
