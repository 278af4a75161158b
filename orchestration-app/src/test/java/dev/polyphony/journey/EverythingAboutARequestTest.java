package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.polyphony.journey.Api.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A request id leads to its events, to their deliveries and to the calls of models. */
class EverythingAboutARequestTest extends ServerTest {
    private final String request = "request-" + UUID.randomUUID();

    private static HttpServer receiver() throws IOException {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        return receiver;
    }

    @Test
    void includesTheDeliveriesAndTheProviderCallsOfARun() throws IOException {
        HttpServer receiver = receiver();
        String webhook = api().post(
                        "/api/v1/webhooks",
                        "{\"url\":\"http://127.0.0.1:%d/\",\"events\":[\"workflow.completed\"]}"
                                .formatted(receiver.getAddress().getPort()))
                .json()
                .at("/id")
                .asString();
        try {
            api().post("/api/v1/workflows/orchestrator/trigger", "{\"repository\":\"shop\"}", "X-Request-ID", request);
            await().atMost(Duration.ofMinutes(1))
                    .until(() ->
                            everything().at("/deliveries/0/state").asString("").equals("delivered"));

            JsonNode found = everything();
            assertThat(found.at("/deliveries").size()).isEqualTo(1);
            assertThat(found.at("/deliveries/0/endpoint_id").asString()).isEqualTo(webhook);
            assertThat(found.at("/deliveries/0/event").asString()).isEqualTo("workflow.completed");
            assertThat(found.at("/deliveries/0/status_code").asInt()).isEqualTo(204);
            assertThat(found.at("/items").values())
                    .extracting(event -> event.at("/event_id").asString())
                    .contains(found.at("/deliveries/0/event_id").asString());
            assertThat(found.at("/provider_calls").values())
                    .hasSizeGreaterThanOrEqualTo(4)
                    .allSatisfy(call -> {
                        assertThat(call.at("/step").asString()).startsWith("layer");
                        assertThat(call.at("/event_position").asLong()).isPositive();
                        assertThat(call.has("error")).isFalse();
                    })
                    .anySatisfy(call -> {
                        assertThat(call.at("/provider").asString()).isEqualTo("embedded");
                        assertThat(call.at("/outcome").asString()).isEqualTo("ok");
                    });
        } finally {
            api().delete("/api/v1/webhooks/" + webhook);
            receiver.stop(0);
        }
    }

    @Test
    void includesTheProviderCallsOfAClientThatNoEventTellsOf() {
        api().post("/openai/v1/embeddings", "{\"model\":\"embedded\",\"input\":\"a boat\"}", "X-Request-ID", request);

        JsonNode found = everything();
        assertThat(found.at("/items").size()).isZero();
        assertThat(found.at("/provider_calls").size()).isEqualTo(1);
        assertThat(found.at("/provider_calls/0/provider").asString()).isEqualTo("embedded");
        assertThat(found.at("/provider_calls/0/outcome").asString()).isEqualTo("ok");
        assertThat(found.at("/provider_calls/0/event_position").isNull()).isTrue();
    }

    @Test
    void isEmptyForARequestThatNobodyMade() {
        JsonNode found = everything();

        assertThat(found.at("/deliveries").isArray()).isTrue();
        assertThat(found.at("/deliveries").size()).isZero();
        assertThat(found.at("/provider_calls").size()).isZero();
    }

    @Test
    void isLeftOutOfOtherLists() {
        Reply listed = api().get("/api/v1/events?limit=1");

        assertThat(listed.json().propertyNames()).containsExactlyInAnyOrder("items", "next_cursor");
    }

    private JsonNode everything() {
        Reply reply = api().get("/api/v1/events?correlation_id=" + request);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }
}
