package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.identity.Role;
import dev.polyphony.journey.Api.Reply;
import dev.polyphony.shared.TenantId;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Providers as an operator sees, tries and changes them. */
class ManageProvidersTest extends ServerTest {
    private static final String PROVIDERS = "/api/v1/ai-providers";
    private static final String VENDOR_CONFIG = PROVIDERS + "/vendor/config";
    private static final String AS_DEPLOYED = "{\"priority\":200,\"timeout\":600,\"enabled\":false,\"max_retries\":0}";

    @AfterEach
    void asBefore() {
        VENDOR.behaves(_ -> Vendor.says("The lighthouse is red."));
        assertThat(api().put(VENDOR_CONFIG, AS_DEPLOYED).status()).isEqualTo(200);
    }

    @Test
    void listsAllWithTheirHealthAndTheOrderInWhichTheyAreAsked() {
        JsonNode list = api().get(PROVIDERS).json();

        assertThat(list.at("/total_providers").asInt()).isEqualTo(4);
        assertThat(names(list.at("/fallback_chain"))).containsExactly("down", "embedded");
        assertThat(list.at("/selection_strategy").asString()).isEqualTo("priority");
        JsonNode vendor = provider(list, "id", "vendor");
        assertThat(vendor.at("/status").asString()).isEqualTo("disabled");
        assertThat(vendor.at("/provider_type").asString()).isEqualTo("openai_compatible");
        JsonNode neverReplied = provider(list, "id", "silent").at("/health");
        assertThat(neverReplied.at("/success_rate").isNull()).isTrue();
        assertThat(neverReplied.at("/avg_response_time").isNull()).isTrue();
    }

    @Test
    void showsWhatWasMeasuredAndNothingElse() {
        enable();
        ask();

        JsonNode details = api().get(PROVIDERS + "/vendor").json();
        assertThat(details.at("/status").asString()).isEqualTo("active");
        assertThat(details.at("/configuration/endpoint").asString()).isEqualTo(VENDOR.baseUrl());
        assertThat(details.at("/configuration/model").asString()).isEqualTo("test-model");
        assertThat(details.at("/configuration/temperature").isNull()).isTrue();
        assertThat(details.at("/metrics/total_requests").asInt()).isPositive();
        assertThat(details.at("/metrics/avg_tokens_used").asDouble()).isPositive();
        assertThat(details.at("/rate_limits").propertyNames())
                .containsExactlyInAnyOrder("requests_per_minute", "tokens_per_minute");

        JsonNode status = provider(api().get(PROVIDERS + "/status").json(), "name", "vendor");
        assertThat(status.at("/success_rate").asDouble()).isPositive().isLessThanOrEqualTo(1);
        assertThat(status.at("/response_time").asDouble()).isPositive();
        assertThat(status.at("/last_used").asString()).endsWith("Z");
    }

    @Test
    void changesAProviderAsAnEventThatCountsAtOnce() {
        String request = "configure-" + UUID.randomUUID();
        Reply reply =
                api().put(VENDOR_CONFIG, "{\"enabled\":true,\"priority\":1,\"timeout\":30}", "X-Request-ID", request);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().at("/provider").asString()).isEqualTo("vendor");
        assertThat(reply.json().at("/status").asString()).isEqualTo("updated");
        assertThat(reply.json().at("/config").toString())
                .isEqualTo("{\"priority\":1,\"timeout\":30,\"enabled\":true,\"max_retries\":0}");
        assertThat(names(api().get(PROVIDERS).json().at("/fallback_chain")))
                .containsExactly("vendor", "down", "embedded");
        assertThat(ask().header("X-Polyphony-Provider")).isEqualTo("vendor");

        JsonNode event =
                api().get("/api/v1/events?correlation_id=" + request).json().at("/items/0");
        assertThat(event.at("/type").asString()).isEqualTo("provider.configured");
        assertThat(event.at("/actor").asString()).isEqualTo("key:admin");
        assertThat(event.at("/payload/provider").asString()).isEqualTo("vendor");
    }

    @Test
    void keepsWhatAChangeDoesNotName() {
        api().put(VENDOR_CONFIG, "{\"priority\":7}");

        JsonNode config = api().put(VENDOR_CONFIG, "{\"timeout\":45}").json().at("/config");

        assertThat(config.at("/priority").asInt()).isEqualTo(7);
        assertThat(config.at("/timeout").asInt()).isEqualTo(45);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"priority\": -1}             | priority",
                "{\"priority\": 1000001}        | priority",
                "{\"priority\": \"first\"}      | priority",
                "{\"priority\": 99999999999}    | priority",
                "{\"timeout\": 0}               | timeout",
                "{\"timeout\": 86401}           | timeout",
                "{\"timeout\": 1.5}             | timeout",
                "{\"enabled\": \"yes\"}         | enabled",
                "{\"max_retries\": 11}          | max_retries",
                "{\"max_retries\": []}          | max_retries",
                "{}                             | config",
                "{\"prio\": 1}                  | prio",
            })
    void refusesWhatCannotBeAndNamesIt(String body, String field) {
        Reply reply = api().put(VENDOR_CONFIG, body);

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().at("/error/details/parameter").asString()).isEqualTo(field);
        assertThat(reply.json().at("/error/details/expected").asString()).isNotBlank();
    }

    @Test
    void knowsNoOtherProviders() {
        for (Reply reply : List.of(
                api().get(PROVIDERS + "/nobody"),
                api().put(PROVIDERS + "/nobody/config", "{\"priority\":1}"),
                api().post(PROVIDERS + "/nobody/test", ""))) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(404);
            assertThat(reply.json().at("/error/code").asString()).isEqualTo("PROVIDER_UNKNOWN");
            assertThat(reply.json().at("/error/message").asString()).contains("nobody", "embedded");
        }
    }

    @Test
    void letsOnlyOperatorsChangeAnything() {
        Api user = api(TenantKey.issue(api(), TenantId.DEFAULT, Role.USER));

        assertThat(user.put(VENDOR_CONFIG, "{\"priority\":1}").status()).isEqualTo(403);
        assertThat(user.post(PROVIDERS + "/vendor/test", "").status()).isEqualTo(403);
        assertThat(stranger().get(PROVIDERS).status()).isEqualTo(401);
        assertThat(stranger().put(VENDOR_CONFIG, "{\"priority\":1}").status()).isEqualTo(401);
    }

    @Test
    void triesAProviderThatIsSwitchedOff() {
        VENDOR.behaves(question -> question.isEmpty() ? Vendor.lists("test-model") : Vendor.says("It is red."));

        JsonNode test = api().post(PROVIDERS + "/vendor/test", "").json();

        assertThat(test.at("/provider_id").asString()).isEqualTo("vendor");
        assertThat(test.at("/test_status").asString()).as(test.toString()).isEqualTo("success");
        assertThat(test.at("/response_time").asDouble()).isPositive();
        assertThat(test.at("/test_results").toString())
                .isEqualTo("{\"connectivity\":\"pass\",\"authentication\":\"pass\",\"model_access\":\"pass\","
                        + "\"response_quality\":\"pass\"}");
        assertThat(test.at("/model_listed").asBoolean()).isTrue();
        assertThat(test.at("/steps")
                        .valueStream()
                        .map(step -> step.at("/step").asString() + " "
                                + step.at("/result").asString()))
                .containsExactly(
                        "connectivity pass",
                        "authentication pass",
                        "model_listed pass",
                        "model_access pass",
                        "response_quality pass");
        JsonNode health = provider(api().get(PROVIDERS).json(), "id", "vendor").at("/health");
        assertThat(health.at("/last_checked").isNull()).isFalse();
    }

    @Test
    void passesTheEmbeddedModel() {
        JsonNode test = api().post(PROVIDERS + "/embedded/test", "").json();

        assertThat(test.at("/test_status").asString()).as(test.toString()).isEqualTo("success");
    }

    @ParameterizedTest
    @CsvSource({
        "401, '{\"error\":{\"message\":\"bad key\"}}', pass, fail, not_tested, not_tested",
        "404, '{\"error\":{\"message\":\"no such model\",\"code\":\"model_not_found\"}}', pass, pass, fail, not_tested",
        "503, '{\"error\":{\"message\":\"overloaded\"}}', pass, not_tested, not_tested, not_tested"
    })
    void saysWhichPartOfATestFailed(
            int status, String body, String connectivity, String authentication, String access) {
        VENDOR.behaves(_ -> new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build());

        JsonNode test = api().post(PROVIDERS + "/vendor/test", "").json();

        assertThat(test.at("/test_status").asString()).isEqualTo("failed");
        assertThat(test.at("/test_results/connectivity").asString()).isEqualTo(connectivity);
        assertThat(test.at("/test_results/authentication").asString()).isEqualTo(authentication);
        assertThat(test.at("/test_results/model_access").asString()).isEqualTo(access);
        assertThat(test.at("/reason").asString()).isNotBlank();
        assertThat(test.at("/model_listed").isNull()).isTrue();
        assertThat(test.at("/steps")
                        .valueStream()
                        .map(step -> step.at("/problem").asString("")))
                .contains(test.at("/reason").asString());
    }

    @Test
    void saysWhenTheListDoesNotNameTheModel() {
        VENDOR.behaves(question -> question.isEmpty() ? Vendor.lists("another") : Vendor.says("It is red."));

        JsonNode test = api().post(PROVIDERS + "/vendor/test", "").json();

        assertThat(test.at("/test_status").asString()).isEqualTo("success");
        assertThat(test.at("/model_listed").asBoolean(true)).isFalse();
        assertThat(test.at("/steps/2/problem").asString()).contains("test-model");
    }

    @Test
    void doesNotPassAModelThatAnswersSomethingElse() {
        VENDOR.behaves(_ -> Vendor.says("Let me think about it."));

        JsonNode test = api().post(PROVIDERS + "/vendor/test", "").json();

        assertThat(test.at("/test_status").asString()).isEqualTo("failed");
        assertThat(test.at("/test_results/response_quality").asString()).isEqualTo("fail");
    }

    @Test
    void showsTheCircuitsToEverybody() {
        enable();
        ask();

        Reply reply = api().get("/circuits");
        assertThat(reply.status()).isEqualTo(200);
        JsonNode circuit = reply.json().at("/circuits/vendor");
        assertThat(circuit.at("/state").asString()).isEqualTo("closed");
        assertThat(circuit.at("/success_count").asInt()).isPositive();
        assertThat(circuit.at("/next_attempt_time").isNull()).isTrue();
        assertThat(reply.json().at("/circuits").propertyNames()).contains("embedded");
        assertThat(reply.json().at("/timestamp").asString()).endsWith("Z");
    }

    private void enable() {
        assertThat(api().put(VENDOR_CONFIG, "{\"enabled\":true}").status()).isEqualTo(200);
    }

    private Reply ask() {
        Reply reply = api().post(
                        "/openai/v1/chat/completions",
                        "{\"model\":\"vendor\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello?\"}]}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply;
    }

    private static JsonNode provider(JsonNode list, String key, String name) {
        return StreamSupport.stream(list.at("/providers").spliterator(), false)
                .filter(each -> each.at("/" + key).asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }
}
