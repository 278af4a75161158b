package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.journey.Api.Reply;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The router as a client sees it that speaks Ollama's interface. */
class OllamaApiTest extends GatewayTest {
    private static final String CHAT = "/ollama/api/chat";
    private static final String GENERATE = "/ollama/api/generate";
    private static final String EMBED = "/ollama/api/embed";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String WHOLE = ",\"stream\":false";
    private static final String TOOLS = """
        ,"tools":[{"type":"function","function":{"name":"weather","description":"Tells the weather.",
          "parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}]\
        """;

    @ParameterizedTest
    @ValueSource(strings = {"auto", "auto:latest", "vendor:latest"})
    void repliesWholeAndSaysWhoDid(String model) {
        Reply reply = bearer(CHAT, chat(model, WHOLE));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        JsonNode line = reply.json();
        assertThat(line.at("/model").asString()).isEqualTo(model.replace(":latest", ""));
        assertThat(line.at("/created_at").asString()).endsWith("Z");
        assertThat(line.at("/message/role").asString()).isEqualTo("assistant");
        assertThat(line.at("/message/content").asString()).isEqualTo("The lighthouse is red.");
        assertThat(line.at("/message").propertyNames()).containsExactly("role", "content");
        assertThat(line.at("/done").asBoolean()).isTrue();
        assertThat(line.at("/done_reason").asString()).isEqualTo("stop");
        assertThat(line.at("/prompt_eval_count").asInt()).isEqualTo(11);
        assertThat(line.at("/eval_count").asInt()).isEqualTo(7);
        assertThat(line.at("/total_duration").asLong()).isPositive();
        assertThat(line.has("load_duration") || line.has("eval_duration"))
                .as("what was not measured")
                .isFalse();
        assertThat(reply.header("X-Polyphony-Provider")).isEqualTo("vendor");
        assertThat(reply.header("X-Polyphony-Attempts")).contains("vendor;outcome=ok;ms=");
    }

    @Test
    void leavesOutWhatTheProviderDoesNotCount() {
        JsonNode made = bearer(EMBED, "{\"model\":\"embedded\",\"input\":\"a red boat\"}")
                .json();
        VENDOR.behaves(_ -> Vendor.streamsCall("weather", "{}"));
        JsonNode last = lines(bearer(CHAT, chat("vendor", TOOLS))).getLast();

        assertThat(last.has("done_reason")).isTrue();
        assertThat(last.has("eval_count") || last.has("prompt_eval_count")).isFalse();
        assertThat(made.at("/total_duration").asLong()).isPositive();
    }

    @Test
    void handsOnEverythingThatCanBeSaid() {
        Reply reply = bearer(CHAT, """
            {"model":"vendor","stream":false,"keep_alive":"5m","think":false,
             "options":{"temperature":0.3,"top_p":0,"num_predict":50,"stop":["END"],"seed":-9007199254740993,"num_ctx":4096,
                        "presence_penalty":0.5,"frequency_penalty":-1},
             "messages":[
              {"role":"system","content":"Be brief."},
              {"role":"user","content":"Weather in Kiel and Rome?","images":[]},
              {"role":"assistant","content":"","tool_calls":[
                {"function":{"name":"weather","arguments":{"city":"Kiel"}}},
                {"id":"mine","function":{"name":"weather","arguments":"{ \\"city\\": \\"Rome\\" }"}},
                {"function":{"name":"clock","arguments":""}}]},
              {"role":"tool","content":"25 degrees","tool_call_id":"mine"},
              {"role":"tool","content":"12 degrees","tool_name":"weather"},
              {"role":"tool","content":"12:00"}]%s}\
            """.formatted(TOOLS));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode request = JSON.readTree(asked.get());
        assertThat(request.at("/temperature").asDouble()).isEqualTo(0.3);
        assertThat(request.at("/presence_penalty").asDouble()).isEqualTo(0.5);
        assertThat(request.at("/frequency_penalty").asDouble()).isEqualTo(-1);
        assertThat(request.at("/top_p").asDouble(1)).isZero();
        assertThat(request.at("/seed").asLong()).isEqualTo(-9007199254740993L);
        assertThat(request.at("/stop/0").asString()).isEqualTo("END");
        assertThat(request.toString()).contains("50", "Be brief.", "Weather in Kiel and Rome?", "Tells the weather.");
        JsonNode messages = request.at("/messages");
        assertThat(messages.at("/2/tool_calls/0/function/arguments").asString()).isEqualTo("{\"city\":\"Kiel\"}");
        assertThat(messages.at("/2/tool_calls/1/function/arguments").asString()).isEqualTo("{\"city\":\"Rome\"}");
        assertThat(messages.at("/2/tool_calls/2/function/arguments").asString()).isEqualTo("{}");
        assertThat(messages.at("/3/tool_call_id").asString()).isEqualTo("mine");
        assertThat(messages.at("/4/tool_call_id")).isEqualTo(messages.at("/2/tool_calls/0/id"));
        assertThat(messages.at("/5/tool_call_id")).isEqualTo(messages.at("/2/tool_calls/2/id"));
        assertThat(messages.at("/2/tool_calls/0/id")).isNotEqualTo(messages.at("/2/tool_calls/2/id"));
    }

    @Test
    void streamsUnlessToldOtherwise() {
        VENDOR.behaves(_ -> Vendor.streams("Red", " and", " white."));

        Reply reply = bearer(CHAT, chat("vendor", ",\"options\":{\"num_predict\":-1}"));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/x-ndjson");
        List<JsonNode> lines = lines(reply);
        assertThat(lines)
                .extracting(line -> line.at("/message/content").asString())
                .containsExactly("Red", " and", " white.", "");
        assertThat(lines).extracting(line -> line.at("/done").asBoolean()).containsExactly(false, false, false, true);
        assertThat(lines.getFirst().propertyNames()).containsExactly("model", "created_at", "message", "done");
        assertThat(lines.getLast().at("/eval_count").asInt()).isEqualTo(7);
        assertThat(lines.getLast().at("/polyphony/provider").asString()).isEqualTo("vendor");
    }

    @Test
    void asksTheNextProviderUnseenBeforeTheFirstPiece() {
        VENDOR.behaves(_ -> Vendor.streams("Here."));

        List<JsonNode> lines = lines(bearer(CHAT, chat("auto", "")));

        assertThat(lines.getFirst().at("/message/content").asString()).isEqualTo("Here.");
        assertThat(lines.getLast().at("/polyphony/attempts/0/provider").asString())
                .isEqualTo("down");
    }

    @Test
    void endsAStreamThatBreaksWithAnErrorAndIsNotDone() {
        VENDOR.behaves(_ -> Vendor.breaksOffAfter("Half a"));

        List<JsonNode> lines = lines(bearer(CHAT, chat("vendor", "")));

        assertThat(lines).noneMatch(line -> line.at("/done").asBoolean(false));
        assertThat(lines.getFirst().at("/message/content").asString()).isEqualTo("Half a");
        assertThat(lines.getLast().at("/error").asString()).contains("vendor");
    }

    @Test
    void answersAnOrdinaryErrorBeforeTheFirstPiece() {
        Reply reply = bearer(CHAT, chat("down", ""));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.json().propertyNames()).containsExactly("error");
        assertThat(reply.json().at("/error").asString()).isNotBlank();
        assertThat(reply.header("X-Polyphony-Attempts")).startsWith("down;outcome=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\\\"city\\\":\\\"Kiel\\\"} | {\"city\":\"Kiel\"}",
                "[1]                         | {\"arguments\":\"[1]\"}",
            })
    void tellsToolCallsWithObjectsForArguments(String written, String told) {
        VENDOR.behaves(question -> question.replace(" ", "").contains("\"stream\":true")
                ? Vendor.streamsCall("weather", written)
                : Vendor.calls("weather", written));

        JsonNode whole = bearer(CHAT, chat("vendor", WHOLE + TOOLS)).json();
        JsonNode piece = lines(bearer(CHAT, chat("vendor", TOOLS))).getFirst();

        for (JsonNode line : List.of(whole, piece)) {
            assertThat(line.at("/message/tool_calls/0/function/name").asString())
                    .isEqualTo("weather");
            assertThat(line.at("/message/tool_calls/0/function/arguments")).isEqualTo(JSON.readTree(told));
            assertThat(line.at("/message/content").asString()).isEmpty();
        }
        assertThat(whole.at("/done_reason").asString()).isEqualTo("stop");
        assertThat(piece.at("/done").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", WHOLE})
    void handsOnNoHalfOfAToolCall(String whole) {
        String half = "{\\\"city\\\":";
        VENDOR.behaves(_ -> whole.isEmpty() ? Vendor.streamsCall("weather", half) : Vendor.calls("weather", half));

        Reply reply = bearer(CHAT, chat("vendor", whole + TOOLS));

        assertThat(reply.status()).as(reply.text()).isEqualTo(503);
        assertThat(reply.header("X-Polyphony-Attempts")).contains("vendor;outcome=provider-reply-malformed");
    }

    @Test
    void repliesInJsonByASchema() {
        VENDOR.behaves(question -> {
            asked.set(question);
            return Vendor.says("{\\\"colour\\\":\\\"red\\\"}");
        });
        String schema =
                "{\"type\":\"object\",\"properties\":{\"colour\":{\"type\":\"string\"}},\"required\":[\"colour\"]}";

        Reply reply = bearer(CHAT, chat("vendor", WHOLE + ",\"format\":" + schema));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().at("/message/content").asString()).isEqualTo("{\"colour\":\"red\"}");
        assertThat(asked.get()).as("the instructions").contains("\\\"required\\\":[\\\"colour\\\"]");
    }

    @Test
    void saysThatAReplyIsNoJson() {
        Reply reply = bearer(CHAT, chat("vendor", WHOLE + ",\"format\":\"json\""));

        assertThat(reply.status()).as(reply.text()).isEqualTo(503);
        assertThat(reply.header("X-Polyphony-Attempts")).contains("vendor;outcome=reply-not-by-schema");
    }

    @Test
    void generates() {
        String body = "{\"model\":\"vendor\",\"system\":\"Be brief.\",\"prompt\":\"What colour?\",\"format\":\"\"%s}";

        JsonNode whole = bearer(GENERATE, body.formatted(WHOLE)).json();
        VENDOR.behaves(_ -> Vendor.streams("Red", "."));
        List<JsonNode> lines = lines(bearer(GENERATE, body.formatted("")));

        assertThat(JSON.readTree(asked.get()).at("/messages").toString()).contains("Be brief.", "What colour?");
        assertThat(whole.at("/response").asString()).isEqualTo("The lighthouse is red.");
        assertThat(whole.at("/done_reason").asString()).isEqualTo("stop");
        assertThat(whole.at("/eval_count").asInt()).isEqualTo(7);
        assertThat(whole.has("message") || whole.has("context")).isFalse();
        assertThat(lines).extracting(line -> line.at("/response").asString()).containsExactly("Red", ".", "");
        assertThat(lines.getLast().at("/done").asBoolean()).isTrue();
    }

    @Test
    void saysThatAReplyWasCutOff() {
        VENDOR.behaves(_ -> Vendor.says("The lighthouse", "length"));

        assertThat(bearer(CHAT, chat("vendor", WHOLE)).json().at("/done_reason").asString())
                .isEqualTo("length");
    }

    @Test
    void speaksForAnAgent() {
        Reply reply = bearer(CHAT, chat("agent:detection-agent:latest", WHOLE));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().at("/model").asString()).isEqualTo("agent:detection-agent");
        assertThat(asked.get()).contains("You inspect software and texts");
    }

    @Test
    void embedsOneTextOrMany() {
        Reply one = bearer(EMBED, "{\"model\":\"embedded\",\"input\":\"a red boat\"}");
        JsonNode many = bearer(EMBED, "{\"model\":\"embedded:latest\",\"input\":[\"a red boat\",\"a blue car\"]}")
                .json();

        assertThat(one.status()).as(one.text()).isEqualTo(200);
        assertThat(one.header("X-Polyphony-Provider")).isEqualTo("embedded");
        assertThat(one.json().at("/embeddings").size()).isEqualTo(1);
        assertThat(many.at("/model").asString()).isEqualTo("embedded");
        assertThat(many.at("/embeddings").size()).isEqualTo(2);
        assertThat(many.at("/embeddings/1").size()).isEqualTo(384);
        assertThat(many.at("/embeddings/1")).isNotEqualTo(many.at("/embeddings/0"));
    }

    @Test
    void embedsInTheOlderWayToo() {
        JsonNode older = bearer("/ollama/api/embeddings", "{\"model\":\"embedded\",\"prompt\":\"a red boat\"}")
                .json();
        JsonNode newer = bearer(EMBED, "{\"model\":\"embedded\",\"input\":\"a red boat\"}")
                .json();

        assertThat(older.at("/embedding")).isEqualTo(newer.at("/embeddings/0"));
        assertThat(older.propertyNames()).containsExactly("embedding");
    }

    @Test
    void listsAndShowsWhatCanBeAsked() {
        JsonNode list = bearerGet("/ollama/api/tags").json();
        JsonNode vendor =
                bearer("/ollama/api/show", "{\"model\":\"vendor:latest\"}").json();
        JsonNode agent =
                bearer("/ollama/api/show", "{\"model\":\"agent:fix-agent\"}").json();

        assertThat(StreamSupport.stream(list.at("/models").spliterator(), false)
                        .map(model -> model.at("/name").asString()))
                .contains("auto", "vendor", "embedded", "agent:fix-agent");
        assertThat(list.at("/models/0").has("size")).as("what nobody knows").isFalse();
        assertThat(vendor.at("/remote_model").asString()).isEqualTo("test-model");
        assertThat(vendor.at("/capabilities").valueStream().map(JsonNode::asString))
                .containsExactly("completion", "tools");
        assertThat(agent.at("/capabilities").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder("completion", "tools", "embedding");
        assertThat(agent.has("remote_model")).isFalse();
        assertThat(bearerGet("/ollama/api/ps").json().at("/models").size()).isZero();
        assertThat(bearerGet("/ollama/api/version").json().at("/version").asString())
                .isNotBlank();
    }

    @Test
    void doesNotServeAProviderThatIsSwitchedOff() {
        api().put(CONFIG, "{\"enabled\":false}");

        for (Reply refused : List.of(
                bearer(CHAT, chat("vendor:latest", "")), bearer("/ollama/api/show", "{\"model\":\"vendor\"}"))) {
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.json().at("/error").asString()).contains("vendor");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull", "push", "create", "copy", "delete", "blobs/sha256:abc"})
    void doesNotManageModels(String what) {
        Reply reply = bearer("/ollama/api/" + what, "{\"name\":\"llama3\"}");

        assertThat(reply.status()).isEqualTo(501);
        assertThat(reply.json().at("/error").asString()).contains("/ollama/api/" + what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/chat     | \"messages\":[{\"role\":\"king\",\"content\":\"a\"}]   | 'messages[0].role'",
                "/chat     | \"messages\":[{\"role\":\"user\"}]                     | 'messages[0].content'",
                "/chat     | \"messages\":[{\"role\":\"user\",\"content\":\"a\",\"images\":[\"aGk=\"]}] |"
                        + " 'messages[0].images'",
                "/chat     | \"messages\":[{\"role\":\"tool\",\"content\":\"a\"}]   | 'messages[0].tool_name'",
                "/chat     |"
                    + " \"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"[1]\"}}]}]"
                    + " | 'messages[0].tool_calls[0].function.arguments'",
                "/chat     |"
                    + " \"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"{half\"}}]}]"
                    + " | 'messages[0].tool_calls[0].function.arguments'",
                "/chat     |"
                    + " \"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":[1]}}]}]"
                    + " | 'messages[0].tool_calls[0].function.arguments'",
                "/chat     |"
                    + " \"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"f\"}},{\"function\":{}}]}]"
                    + " | 'messages[0].tool_calls[1].function.name'",
                "/chat     | \"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}] |"
                        + " content'",
                "/chat     | \"messages\":[{\"role\":\"user\",\"content\":{\"text\":\"a\"}}] | content'",
                "/chat     | \"messages\":[{\"role\":\"user\",\"content\":5}]        | content'",
                "/generate | \"prompt\":\"a\",\"suffix\":\"b\"                      | 'suffix'",
                "/generate | \"prompt\":\"a\",\"template\":\"b\"                    | 'template'",
                "/generate | \"prompt\":\"a\",\"raw\":true                          | 'raw'",
                "/generate | \"prompt\":\"a\",\"context\":[1]                       | 'context'",
                "/generate | \"prompt\":\"a\",\"images\":[\"aGk=\"]                 | 'images'",
                "/generate | \"prompt\":\"a\",\"think\":\"high\"                    | 'think'",
                "/generate | \"prompt\":\"a\",\"logprobs\":true                     | 'logprobs'",
                "/generate | \"prompt\":\"a\",\"format\":\"xml\"                    | 'format'",
                "/generate | \"prompt\":\"a\",\"options\":{\"num_predict\":0}       | 'options.num_predict'",
                "/generate | \"prompt\":\"a\",\"options\":{\"stop\":5}              | 'options.stop'",
                "/generate | \"prompt\":\"a\",\"options\":{\"presence_penalty\":3}  | presence_penalty is -2 to 2",
                "/generate | \"prompt\":\"a\",\"options\":{\"temperature\":3}       | temperature",
                "/generate | \"prompt\":\"a\",\"options\":{\"seed\":\"x\"}          | 'options.seed'",
                "/embeddings | \"prompt\":\" \"                                 | 'prompt'",
                "/embed    | \"input\":[]                                           | 'input'",
                "/embed    | \"input\":\"a\",\"dimensions\":10                      | 'dimensions'",
            })
    void namesTheParameterThatIsWrong(String path, String wrong, String named) {
        Reply reply = bearer("/ollama/api" + path, "{\"model\":\"embedded\"," + wrong + "}");

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().propertyNames()).containsExactly("error");
        assertThat(reply.json().at("/error").asString()).contains(named);
    }

    @Test
    void wantsAKeyAndSaysSoInItsOwnForm() {
        Reply reply = stranger().post(CHAT, chat("auto", ""));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().at("/error").asString()).contains("API key");
    }

    private static String chat(String model, String more) {
        return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"What colour is the lighthouse?\"}]%s}"
                .formatted(model, more);
    }

    private static List<JsonNode> lines(Reply reply) {
        return reply.text().lines().map(JSON::readTree).toList();
    }
}
