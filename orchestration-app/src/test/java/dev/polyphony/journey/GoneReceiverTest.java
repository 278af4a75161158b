package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.polyphony.journey.Api.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A receiver that answers 410 is not called again, and its owner can read why. */
class GoneReceiverTest extends ServerTest {
    private static final String WEBHOOKS = "/api/v1/webhooks";

    @Test
    void disablesItsEndpoint() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(410, -1);
            exchange.close();
        });
        receiver.start();
        try {
            String webhook = register(receiver.getAddress().getPort());
            api().post("/api/v1/workflows/orchestrator/trigger", "{\"repository\":\"shop\"}");

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> webhook(webhook).at("/status").asString().equals("disabled"));
            assertThat(webhook(webhook).at("/status_reason").asString()).contains("410 Gone");
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(deliveries(webhook))
                            .anySatisfy(delivery -> assertThat(
                                            delivery.at("/status_code").asInt())
                                    .isEqualTo(410))
                            .allSatisfy(delivery ->
                                    assertThat(delivery.at("/state").asString()).isIn("failed", "cancelled")));
            assertThat(calls).hasValueLessThanOrEqualTo(deliveries(webhook).size());
            assertThat(api().delete(WEBHOOKS + "/" + webhook).status()).isEqualTo(204);
        } finally {
            receiver.stop(0);
        }
    }

    private String register(int port) {
        Reply reply = api().post(WEBHOOKS, "{\"url\":\"http://127.0.0.1:%d/\",\"events\":[\"*\"]}".formatted(port));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(reply.json().at("/status").asString()).isEqualTo("active");
        return reply.json().at("/id").asString();
    }

    private List<JsonNode> deliveries(String webhook) {
        return api().get(WEBHOOKS + "/" + webhook + "/deliveries")
                .json()
                .at("/deliveries")
                .valueStream()
                .toList();
    }

    private JsonNode webhook(String id) {
        return api().get(WEBHOOKS + "/" + id).json();
    }
}
