package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.identity.Role;
import dev.polyphony.shared.TenantId;
import java.io.IOException;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody who can write the tables of webhooks has events sent to himself. */
class ChangedSubscriptionTest extends ServerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final TenantId VICTIM = new TenantId("subscriber");
    private static final TenantId THIEF = new TenantId("subscription-thief");

    private final MockWebServer receiver = new MockWebServer();
    private final MockWebServer thief = new MockWebServer();
    private String key = "";
    private String thiefsKey = "";

    @BeforeEach
    void start() throws IOException {
        for (MockWebServer server : List.of(receiver, thief)) {
            server.setDispatcher(new Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) {
                    return new MockResponse.Builder().build();
                }
            });
            server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
        }
        key = TenantKey.issue(api(), VICTIM, Role.USER);
        thiefsKey = TenantKey.issue(api(), THIEF, Role.USER);
    }

    @AfterEach
    void stop() {
        receiver.close();
        thief.close();
    }

    @Test
    void isSentNothingAtAnotherUrl() throws Exception {
        UUID endpoint = register(key, receiver, "workflow.started");
        double refused = refused();
        change("url = '" + thief.url("/hook") + "'", endpoint);
        trigger(key);

        awaitFailed(endpoint);
        assertThat(thief.getRequestCount()).isZero();
        assertThat(receiver.getRequestCount()).isZero();
        assertThat(refused()).isGreaterThanOrEqualTo(refused + 4);
        assertThat(api(key).get(WEBHOOKS + "/" + endpoint + "/deliveries").text())
                .contains("refused: this is not what was registered");

        change("url = '" + receiver.url("/hook") + "'", endpoint);
        trigger(key);
        await().atMost(TIMEOUT).until(() -> receiver.getRequestCount() == 1);
    }

    @Test
    void isSentNothingOfAnotherTenant() throws Exception {
        UUID endpoint = register(thiefsKey, thief, "workflow.started");
        change("tenant = '" + VICTIM + "'", endpoint);
        trigger(key);

        awaitFailed(endpoint);
        assertThat(thief.getRequestCount()).isZero();
    }

    @Test
    void isSentNoOtherEvents() throws Exception {
        UUID endpoint = register(key, thief, "workflow.failed");
        change("events = '{*}'", endpoint);
        trigger(key);

        awaitFailed(endpoint);
        assertThat(thief.getRequestCount()).isZero();
    }

    /** A whole row of the thief, with the secret that belongs to it, in the place of the victim's. */
    @Test
    void isSentNothingAfterSecretsWereSwapped() throws Exception {
        UUID endpoint = register(key, receiver, "workflow.started");
        UUID thiefs = register(thiefsKey, thief, "workflow.started");
        change("url = '" + thief.url("/hook") + "'", endpoint);
        Database.execute("""
            update webhooks.secret s set ciphertext = o.ciphertext from webhooks.secret o
            where (s.endpoint_id, o.endpoint_id) in (('%1$s', '%2$s'), ('%2$s', '%1$s'))
            """.formatted(endpoint, thiefs));
        trigger(key);
        trigger(thiefsKey);

        awaitFailed(endpoint);
        awaitFailed(thiefs);
        assertThat(thief.getRequestCount()).isZero();
        assertThat(receiver.getRequestCount()).isZero();
    }

    @Test
    void isSentNothingAtAnEndpointThatNobodyRegistered() throws Exception {
        UUID endpoint = UUID.randomUUID();
        Database.execute(
                "insert into webhooks.subscription (endpoint_id, tenant, url, events) values ('%s', '%s', '%s', '{*}')"
                        .formatted(endpoint, VICTIM, thief.url("/hook")));
        trigger(key);

        awaitFailed(endpoint);
        assertThat(thief.getRequestCount()).isZero();
        Database.execute("delete from webhooks.subscription where endpoint_id = '" + endpoint + "'");
    }

    private UUID register(String key, MockWebServer receiver, String event) {
        String body = "{\"url\":\"%s\",\"events\":[\"%s\"]}".formatted(receiver.url("/hook"), event);
        return UUID.fromString(api(key).post(WEBHOOKS, body).json().at("/id").asString());
    }

    private void trigger(String key) {
        assertThat(api(key).post("/api/v1/workflows/orchestrator/trigger", "{\"input\":\"Some text.\"}")
                        .status())
                .isEqualTo(202);
    }

    /** The router may not have heard of the registration yet. */
    private static void change(String assignment, UUID endpoint) {
        await().atMost(TIMEOUT)
                .until(() ->
                        update("update webhooks.subscription set " + assignment + " where endpoint_id = ?", endpoint)
                                == 1);
    }

    private static int update(String sql, UUID endpoint) throws SQLException {
        try (Connection connection = Database.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, endpoint);
            return statement.executeUpdate();
        }
    }

    /** All attempts were made, and none has an answer. */
    private static void awaitFailed(UUID endpoint) {
        await().atMost(TIMEOUT)
                .until(
                        () -> states(endpoint),
                        states -> !states.isEmpty() && states.stream().allMatch("failed"::equals));
    }

    private static List<String> states(UUID endpoint) throws SQLException {
        try (Connection connection = Database.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "select state || coalesce(status_code::text, '') from webhooks.delivery where endpoint_id"
                                + " = ?")) {
            statement.setObject(1, endpoint);
            List<String> states = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    states.add(rows.getString(1));
                }
            }
            return states;
        }
    }

    private double refused() {
        Matcher count = Pattern.compile("(?m)^polyphony_webhooks_refused_total (.*)$")
                .matcher(api().get("/metrics").text());
        assertThat(count.find()).isTrue();
        return Double.parseDouble(count.group(1));
    }
}
