package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.identity.Role;
import dev.polyphony.journey.Api.Reply;
import dev.polyphony.shared.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that is sent again under the same key has one effect and one answer. */
class IdempotencyTest extends ServerTest {
    private static final String TRIGGER = "/api/v1/workflows/orchestrator/trigger";
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String WEBHOOK =
            "{\"url\": \"http://127.0.0.1:9/hook\", \"events\": [\"workflow.completed\"]}";

    private final String key = UUID.randomUUID().toString();

    private static String trigger(String text) {
        return "{\"input\": \"%s\"}".formatted(text);
    }

    @Test
    void answersARepeatedRegistrationAsTheFirst() throws SQLException {
        Reply first = api().post(WEBHOOKS, WEBHOOK, "Idempotency-Key", key);
        Reply second = api().post(WEBHOOKS, WEBHOOK, "Idempotency-Key", key);

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(second.header("X-Position")).isEqualTo(first.header("X-Position"));
        assertThat(second.header("X-Request-ID")).isNotEmpty().isNotEqualTo(first.header("X-Request-ID"));
        assertThat(second.headers().allValues("Content-Type")).hasSize(1);
        assertThat(events(first.json().at("/id").asString())).isEqualTo(1);
        assertThat(Database.rowsWith(first.json().at("/secret").asString())).isEmpty();
        assertThat(Database.rowsWith(key)).isEmpty();
    }

    @Test
    void refusesAnotherBodyAndNamesWhatTheFirstCreated() {
        Reply first = api().post(WEBHOOKS, WEBHOOK, "Idempotency-Key", key);
        Reply other = api().post(WEBHOOKS, WEBHOOK + " ", "Idempotency-Key", key);

        assertThat(other.status()).as(other.text()).isEqualTo(409);
        assertThat(other.json().at("/error/code").asString()).isEqualTo("CONFLICT");
        assertThat(other.json().at("/error/details/idempotency_key").asString()).isEqualTo(key);
        assertThat(other.json().at("/error/details/existing_job_id").asString())
                .isEqualTo(first.json().at("/id").asString());
    }

    @Test
    void startsOneRunForAHundredAtOnce() throws Exception {
        Api api = api();
        List<Reply> replies;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Reply>> all = IntStream.range(0, 100)
                    .<Callable<Reply>>mapToObj(
                            _ -> () -> api.post(TRIGGER, trigger("One of a hundred."), "Idempotency-Key", key))
                    .toList();
            replies = threads.invokeAll(all).stream().map(Future::resultNow).toList();
        }

        assertThat(replies).extracting(Reply::status).containsOnly(202);
        assertThat(replies)
                .extracting(Reply::text)
                .containsOnly(replies.getFirst().text());
        assertThat(replies.stream()
                        .filter(reply -> reply.header("Idempotent-Replayed").isEmpty()))
                .hasSize(1);
        String id = replies.getFirst().json().at("/workflow_id").asString();
        assertThat(events(id, "workflow.started")).isEqualTo(1);
        Reply other = api.post(TRIGGER, trigger("Another."), "Idempotency-Key", key);
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().at("/error/details/existing_job_id").asString()).isEqualTo(id);
    }

    /** The process was killed after the command: there is a claim that nobody extends, and no answer. */
    @Test
    void finishesARunWhoseFirstTryDiedHalfWay() throws SQLException {
        Reply first = api().post(TRIGGER, trigger("Half-way."), "Idempotency-Key", key);
        String id = first.json().at("/workflow_id").asString();
        dieBeforeTheAnswer(id.substring("orchestrator-".length()));

        Reply second = api().post(TRIGGER, trigger("Half-way."), "Idempotency-Key", key);
        Reply third = api().post(TRIGGER, trigger("Half-way."), "Idempotency-Key", key);

        assertThat(second.status()).as(second.text()).isEqualTo(202);
        assertThat(second.json().at("/workflow_id").asString()).isEqualTo(id);
        assertThat(events(id, "workflow.started")).isEqualTo(1);
        assertThat(third.text()).isEqualTo(second.text());
        assertThat(third.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void finishesARegistrationWhoseFirstTryDiedHalfWay() throws SQLException {
        Reply first = api().post(WEBHOOKS, WEBHOOK, "Idempotency-Key", key);
        String id = first.json().at("/id").asString();
        dieBeforeTheAnswer(id);

        Reply second = api().post(WEBHOOKS, WEBHOOK, "Idempotency-Key", key);

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Idempotent-Replayed")).isEmpty();
        assertThat(events(id)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "a\tb"})
    void refusesAKeyThatIsNone(String bad) {
        Reply reply = api().post(WEBHOOKS, WEBHOOK, "Idempotency-Key", bad);

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().at("/error/details/parameter").asString()).isEqualTo("Idempotency-Key");
    }

    @Test
    void refusesAKeyBeyondAscii() {
        RawRequest.Reply reply = RawRequest.send(
                port(),
                "POST " + WEBHOOKS + " HTTP/1.1|Host: localhost|Connection: close|X-API-Key: " + KEY
                        + "|Idempotency-Key: caf\u00e9|Content-Type: application/json|Content-Length: 2||{}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("1 to 255 printable ASCII characters");
    }

    @Test
    void takesKeysOfUpTo255Characters() {
        String longest = key + "'\"\\;--%{}".repeat(40).substring(0, 255 - key.length());

        assertThat(api().post(WEBHOOKS, WEBHOOK, "Idempotency-Key", longest).status())
                .isEqualTo(201);
        Reply refused = api().post(WEBHOOKS, WEBHOOK, "Idempotency-Key", longest + "x");
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().at("/error/message").asString()).contains("the first with 256 characters");
        assertThat(api().post(WEBHOOKS, WEBHOOK, "Idempotency-Key", key, "Idempotency-Key", "b")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void leavesTheKeyFreeAfterARefusal() {
        Reply refused = api().post(WEBHOOKS, "{\"url\": \"no url\", \"events\": [\"*\"]}", "Idempotency-Key", key);
        Reply corrected = api().post(WEBHOOKS, WEBHOOK, "Idempotency-Key", key);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(corrected.status()).as(corrected.text()).isEqualTo(201);
    }

    @Test
    void keepsTenantsApart() {
        String acme = TenantKey.issue(api(), new TenantId("idempotent"), Role.USER);

        Reply ours = api().post(WEBHOOKS, WEBHOOK, "Idempotency-Key", key);
        Reply theirs = api(acme).post(WEBHOOKS, WEBHOOK, "Idempotency-Key", key);

        assertThat(theirs.status()).as(theirs.text()).isEqualTo(201);
        assertThat(theirs.json().at("/id")).isNotEqualTo(ours.json().at("/id"));
    }

    @Test
    void ignoresTheKeyWhereNothingIsCreated() {
        assertThat(api().get(WEBHOOKS, "Idempotency-Key", "\u00e9").status()).isEqualTo(200);
    }

    private static void dieBeforeTheAnswer(String createdId) throws SQLException {
        Database.execute(
                "update identity.idempotent_request set answer = null, claim = gen_random_uuid(), leased_until = now()"
                        + " + interval '100 ms' where created_id = '" + createdId + "'");
    }

    private static int events(String aggregate) throws SQLException {
        return count("select count(*) from eventstore.event where aggregate_id = '%s'".formatted(aggregate));
    }

    private static int events(String aggregate, String name) throws SQLException {
        return count("select count(*) from eventstore.event where aggregate_id = '%s' and type = '%s'"
                .formatted(aggregate, name));
    }

    private static int count(String query) throws SQLException {
        try (Connection connection = Database.connect();
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
