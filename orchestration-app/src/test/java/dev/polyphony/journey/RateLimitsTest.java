package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.identity.Role;
import dev.polyphony.journey.Api.Reply;
import dev.polyphony.shared.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests beyond a tenant's limits are refused in the words of each API, and every answer tells what is left. */
class RateLimitsTest extends ServerTest {
    private static final String WEBHOOKS = "/api/v1/webhooks";

    private final TenantId tenant = new TenantId("limited-" + UUID.randomUUID());

    private Api limited(String limits) {
        String key = TenantKey.issue(api(), tenant, Role.USER);
        decide(limits);
        return api(key);
    }

    private Reply decide(String limits) {
        Reply decided = api().put("/api/v1/tenants/" + tenant + "/limits", "{\"limits\":{" + limits + "}}");
        assertThat(decided.status()).as(decided.text()).isEqualTo(200);
        return decided;
    }

    @Test
    void countsDownAtAmasAndThenRefuses() {
        Api client = limited("\"amas_per_hour\":3");
        long before = Instant.now().getEpochSecond();

        List<Reply> replies =
                Stream.generate(() -> client.get(WEBHOOKS)).limit(4).toList();

        assertThat(replies).extracting(Reply::status).containsExactly(200, 200, 200, 429);
        assertThat(replies)
                .extracting(reply -> reply.header("X-RateLimit-Limit"))
                .containsOnly("3");
        assertThat(replies)
                .extracting(reply -> reply.header("X-RateLimit-Remaining"))
                .containsExactly("2", "1", "0", "0");
        long reset = Long.parseLong(replies.getFirst().header("X-RateLimit-Reset"));
        assertThat(reset).isBetween(before + 3600, Instant.now().getEpochSecond() + 3601);
        Reply refused = replies.getLast();
        assertThat(Long.parseLong(refused.header("X-RateLimit-Reset"))).isEqualTo(reset);
        long retryAfter = Long.parseLong(refused.header("Retry-After"));
        assertThat(retryAfter).isBetween(3500L, 3600L);
        assertThat(refused.json().at("/success").asBoolean()).isFalse();
        assertThat(refused.json().at("/error/code").asString()).isEqualTo("RATE_LIMITED");
        assertThat(refused.json().at("/error/message").asString())
                .isEqualTo("Rate limit exceeded. Try again in " + retryAfter + " seconds.");
        assertThat(refused.json().at("/error/details/limit").asLong()).isEqualTo(3);
        assertThat(refused.json().at("/error/details/window_seconds").asLong()).isEqualTo(3600);
        assertThat(refused.json().at("/error/details/retry_after").asLong()).isEqualTo(retryAfter);
    }

    @Test
    void refusesABurstAndTellsOfTheHourBefore() {
        Api client = limited("\"amas_per_hour\":100,\"amas_burst\":2");

        assertThat(client.get(WEBHOOKS).header("X-RateLimit-Remaining")).isEqualTo("99");
        assertThat(client.get(WEBHOOKS).header("X-RateLimit-Limit")).isEqualTo("100");
        Reply refused = client.get(WEBHOOKS);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("X-RateLimit-Limit")).isEqualTo("2");
        assertThat(refused.json().at("/error/details/window_seconds").asLong()).isEqualTo(60);
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 60L);
    }

    @ParameterizedTest
    @CsvSource({
        "orchestrator_per_minute, /api/v1/workflows/orchestrator/x/status",
        "self_improver_per_minute, /api/v1/workflows/self-improver/x/results",
        "issue_responder_per_minute, /api/v1/workflows/issue-responder/x/results",
        "provider_management_per_minute, /api/v1/ai-providers/status"
    })
    void limitsEachWorkflowByItself(String limit, String path) {
        Api client = limited("\"%s\":1".formatted(limit));

        Reply allowed = client.get(path);
        Reply refused = client.get(path);

        assertThat(allowed.status()).isNotEqualTo(429);
        assertThat(allowed.header("X-RateLimit-Limit")).isEqualTo("1");
        assertThat(refused.status()).as(refused.text()).isEqualTo(429);
        assertThat(refused.json().at("/error/code").asString()).isEqualTo("RATE_LIMIT_EXCEEDED");
        assertThat(client.get(WEBHOOKS).status()).isEqualTo(200);
    }

    @Test
    void limitsAiVillageByTheMinuteAndTheHour() {
        Api client = limited("\"aivillage_per_minute\":2,\"aivillage_per_hour\":3");

        Reply first = client.get("/v1/nothing");
        assertThat(first.status()).isEqualTo(404);
        assertThat(first.header("X-RateLimit-Tier")).isEqualTo("standard");
        assertThat(first.header("X-RateLimit-Limit")).isEqualTo("2");
        assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("1");
        assertThat(Long.parseLong(first.header("X-RateLimit-Reset-After"))).isBetween(55L, 60L);
        client.get("/v1/nothing");
        Reply refused = client.get("/v1/nothing");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().at("/error_code").asString()).isEqualTo("RATE_LIMIT_EXCEEDED");
        assertThat(refused.json().at("/message").asString()).isEqualTo("Rate limit exceeded for tier standard");
        assertThat(refused.json().at("/details/limit").asLong()).isEqualTo(2);
        assertThat(refused.json().at("/details/window").asString()).isEqualTo("1 minute");
        assertThat(Instant.parse(refused.json().at("/details/reset_at").asString())
                        .getEpochSecond())
                .isEqualTo(Long.parseLong(refused.header("X-RateLimit-Reset")));
        assertThat(refused.json().at("/details/suggested_retry_after").asString())
                .isEqualTo(refused.header("Retry-After"))
                .isEqualTo(refused.header("X-RateLimit-Reset-After"));
    }

    @Test
    void limitsStateSetOpenAiAndOllamaTogether() {
        Api client = limited("\"stateset_per_minute\":3");

        Reply openAi = client.get("/openai/v1/models");
        assertThat(openAi.status()).isEqualTo(200);
        assertThat(openAi.header("x-ratelimit-limit-requests")).isEqualTo("3");
        assertThat(openAi.header("x-ratelimit-remaining-requests")).isEqualTo("2");
        assertThat(openAi.header("x-ratelimit-reset-requests")).matches("1m0s|[1-5][0-9]s");
        assertThat(client.get("/ollama/api/tags").header("X-RateLimit-Remaining"))
                .isEqualTo("1");
        assertThat(client.get("/nothing").header("X-RateLimit-Remaining")).isEqualTo("0");
        Reply refused = client.get("/nothing");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().at("/error").asString()).isEqualTo("RateLimitError");
        assertThat(refused.json().at("/message").asString())
                .isEqualTo("Rate limit exceeded. Try again in " + refused.header("Retry-After") + " seconds.");
        assertThat(refused.json().at("/details/limit").asLong()).isEqualTo(3);
        assertThat(refused.json().at("/details/window_seconds").asLong()).isEqualTo(60);
        assertThat(refused.json().at("/details/retry_after").asString()).isEqualTo(refused.header("Retry-After"));
        assertThat(client.get("/openai/v1/models").status()).isEqualTo(429);
        assertThat(client.get("/ollama/api/tags").status()).isEqualTo(429);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/api/v1/health", "/live", "/ready", "/docs"})
    void doesNotLimitWhatIsForEverybody(String path) {
        Api client = limited("\"stateset_per_minute\":1,\"amas_per_hour\":1");

        for (int i = 0; i < 3; i++) {
            Reply reply = client.get(path);
            assertThat(reply.status()).isNotEqualTo(429);
            assertThat(reply.header("X-RateLimit-Limit")).isEmpty();
        }
    }

    @Test
    void countsWhatACallerMayNotDoAndNotWhoHasNoKey() {
        Api client = limited("\"amas_per_hour\":2");

        for (int i = 0; i < 5; i++) {
            assertThat(stranger().get(WEBHOOKS).status()).isEqualTo(401);
            assertThat(stranger().get(WEBHOOKS, "X-API-Key", "wrong").header("X-RateLimit-Limit"))
                    .isEmpty();
        }
        Reply forbidden = client.get("/api/v1/events");
        assertThat(forbidden.status()).isEqualTo(403);
        assertThat(forbidden.header("X-RateLimit-Remaining")).isEqualTo("1");
    }

    @Test
    void followsWhatIsDecidedAtRunTime() {
        Api client = limited("\"amas_per_hour\":1");
        client.get(WEBHOOKS);
        assertThat(client.get(WEBHOOKS).status()).isEqualTo(429);

        Reply decided = decide("\"amas_per_hour\":5");

        assertThat(decided.json().at("/limits/amas_per_hour").asLong()).isEqualTo(5);
        assertThat(decided.json().at("/decided").propertyNames()).containsExactly("amas_per_hour");
        await().atMost(1, SECONDS)
                .until(() -> client.get(WEBHOOKS).header("X-RateLimit-Limit").equals("5"));
        Reply reset = decide("");
        assertThat(reset.json().at("/decided").isEmpty()).isTrue();
        assertThat(api().get("/api/v1/tenants/" + tenant + "/limits").json()).isEqualTo(reset.json());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"limits\":{\"amas_per_hour\":0}}",
                "{\"limits\":{\"amas_per_hour\":-1}}",
                "{\"limits\":{\"amas_per_hour\":1.5}}",
                "{\"limits\":{\"amas_per_hour\":1000000000001}}",
                "{\"limits\":{\"amas_per_hour\":null}}",
                "{\"limits\":{\"nonsense\":1}}",
                "{\"limits\":null}",
                "{}"
            })
    void refusesLimitsThatAreNone(String body) {
        Reply refused = api().put("/api/v1/tenants/" + tenant + "/limits", body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    }

    @Test
    void letsOperatorsOnlyChangeLimits() {
        Api admin = api(TenantKey.issue(api(), tenant, Role.ADMIN));

        assertThat(admin.put("/api/v1/tenants/" + tenant + "/limits", "{\"limits\":{}}")
                        .status())
                .isEqualTo(403);
        assertThat(admin.get("/api/v1/tenants/" + tenant + "/limits").status()).isEqualTo(403);
    }

    @Test
    void limitsCyborgMindByTheAddress() {
        List<Reply> replies =
                Stream.generate(() -> stranger().post("/step", "{}")).limit(4).toList();

        assertThat(replies).extracting(Reply::status).startsWith(403, 403, 403).endsWith(429);
        assertThat(replies)
                .extracting(reply -> reply.header("X-RateLimit-Remaining"))
                .containsExactly("2", "1", "0", "0");
        Reply refused = replies.getLast();
        assertThat(refused.text()).isEqualTo("{\"detail\":\"Rate limit exceeded: 3 per 1 minute\"}");
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 60L);
    }

    @Test
    void refusesABodyBeyondTheTenantsShare() {
        Api client = limited("\"body_bytes_in_flight\":500");

        Reply refused = client.post(WEBHOOKS, "{\"url\":\"" + "a".repeat(600) + "\"}");

        assertThat(refused.status()).as(refused.text()).isEqualTo(413);
        assertThat(client.get(WEBHOOKS).status()).isEqualTo(200);
    }
}
