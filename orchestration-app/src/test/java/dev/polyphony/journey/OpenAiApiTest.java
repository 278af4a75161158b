package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polyphony.journey.Api.Reply;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The router as a client sees it that speaks OpenAI's interface. */
class OpenAiApiTest extends GatewayTest {
    private static final String CHAT = "/openai/v1/chat/completions";
    private static final String EMBEDDINGS = "/openai/v1/embeddings";
    private static final String TOOLS = """
        [{"type":"function","function":{"name":"weather","description":"Tells the weather.",
          "parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}]\
        """;

    private static final String COLOUR = """
        ,"response_format":{"type":"json_schema","json_schema":{"name":"colour","strict":true,"schema":
          {"type":"object","properties":{"colour":{"type":"string"}},"required":["colour"],"additionalProperties":false}}}\
        """;

    @Test
    void repliesWholeAndSaysWhoDid() {
        Reply reply = bearer(CHAT, chat("auto", ""));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode completion = reply.json();
        assertThat(completion.at("/object").asString()).isEqualTo("chat.completion");
        assertThat(completion.at("/id").asString()).startsWith("chatcmpl-");
        assertThat(completion.at("/model").asString()).isEqualTo("auto");
        assertThat(completion.at("/choices/0/message/role").asString()).isEqualTo("assistant");
        assertThat(completion.at("/choices/0/message/content").asString()).isEqualTo("The lighthouse is red.");
        assertThat(completion.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(completion.at("/usage/total_tokens").asInt()).isEqualTo(18);
        assertThat(reply.header("X-Polyphony-Provider")).isEqualTo("vendor");
        assertThat(reply.header("X-Polyphony-Model")).isEqualTo("test-model");
        assertThat(reply.header("X-Polyphony-Attempts")).contains("down;outcome=", "vendor;outcome=ok;ms=");
        assertThat(completion.at("/polyphony/attempts/0/provider").asString()).isEqualTo("down");
    }

    @Test
    void handsOnEverythingThatCanBeSaid() {
        VENDOR.behaves(question -> {
            asked.set(question);
            return Vendor.says("Fine.");
        });

        Reply reply = bearer(CHAT, """
            {"model":"vendor","temperature":0.3,"top_p":0.9,"max_completion_tokens":50,"stop":["END"],"seed":7,"n":1,
             "presence_penalty":0.5,"frequency_penalty":-1,
             "tools":%s,"tool_choice":"auto","messages":[
              {"role":"developer","content":"Be brief."},
              {"role":"user","content":[{"type":"text","text":"Weather in Kiel?"}]},
              {"role":"assistant","content":null,"tool_calls":[
                {"id":"c1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Kiel\\"}"}}]},
              {"role":"tool","tool_call_id":"c1","content":"12 degrees"}]}\
            """.formatted(TOOLS));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode request = JsonMapper.builder().build().readTree(asked.get());
        assertThat(request.at("/temperature").asDouble()).isEqualTo(0.3);
        assertThat(request.at("/top_p").asDouble()).isEqualTo(0.9);
        assertThat(request.at("/seed").asInt()).isEqualTo(7);
        assertThat(request.at("/presence_penalty").asDouble()).isEqualTo(0.5);
        assertThat(request.at("/frequency_penalty").asDouble()).isEqualTo(-1);
        assertThat(request.at("/stop/0").asString()).isEqualTo("END");
        assertThat(request.toString())
                .contains("50", "Be brief.", "Weather in Kiel?", "12 degrees", "Tells the weather.");
        assertThat(request.at("/messages/3/tool_call_id").asString()).isEqualTo("c1");
    }

    /** A seed of 64 bits, a top_p of nothing, and arguments as an object. */
    @Test
    void handsOnWhatIsSeldomSaid() {
        VENDOR.behaves(question -> {
            asked.set(question);
            return Vendor.says("Fine.");
        });

        Reply reply = bearer(CHAT, """
            {"model":"vendor","top_p":0,"seed":9007199254740993,"max_tokens":50,"tools":%s,"messages":[
              {"role":"user","content":"Weather in Kiel?"},
              {"role":"assistant","content":null,"tool_calls":[
                {"id":"c1","type":"function","function":{"name":"weather","arguments":{"city":"Kiel"}}}]},
              {"role":"tool","tool_call_id":"c1","content":"12 degrees"}]}\
            """.formatted(TOOLS));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode request = JsonMapper.builder().build().readTree(asked.get());
        assertThat(request.at("/top_p").isNumber()).isTrue();
        assertThat(request.at("/top_p").asDouble()).isZero();
        assertThat(request.at("/seed").asLong()).isEqualTo(9007199254740993L);
        assertThat(request.at("/messages/1/tool_calls/0/function/arguments").asString())
                .isEqualTo("{\"city\":\"Kiel\"}");
    }

    @Test
    void repliesInJsonByASchema() {
        VENDOR.behaves(question -> {
            asked.set(question);
            return Vendor.says("{\\\"colour\\\":\\\"red\\\"}");
        });

        Reply reply = bearer(CHAT, chat("vendor", COLOUR));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().at("/choices/0/message/content").asString()).isEqualTo("{\"colour\":\"red\"}");
        assertThat(asked.get()).as("the instructions").contains("\\\"required\\\":[\\\"colour\\\"]");
    }

    @Test
    void saysThatAReplyIsNotByItsSchema() {
        VENDOR.behaves(_ -> Vendor.says("It is red."));

        Reply reply = bearer(CHAT, chat("vendor", COLOUR));

        assertThat(reply.status()).as(reply.text()).isEqualTo(503);
        assertThat(reply.header("X-Polyphony-Attempts")).contains("vendor;outcome=reply-not-by-schema");
    }

    @Test
    void streamsPieceByPiece() {
        VENDOR.behaves(_ -> Vendor.streams("Red", " and", " white."));

        Reply reply = bearer(CHAT, chat("vendor", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("text/event-stream");
        List<String> events = events(reply);
        assertThat(events).last().isEqualTo("data: [DONE]");
        List<JsonNode> chunks = chunks(events);
        assertThat(chunks)
                .extracting(chunk -> chunk.at("/choices/0/delta/content").asString(""))
                .containsExactly("", "Red", " and", " white.", "", "");
        assertThat(chunks.getFirst().at("/choices/0/delta/role").asString()).isEqualTo("assistant");
        assertThat(chunks.get(4).at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(chunks.get(4).at("/polyphony/provider").asString()).isEqualTo("vendor");
        assertThat(chunks.getLast().at("/choices").size()).isZero();
        assertThat(chunks.getLast().at("/usage/completion_tokens").asInt()).isEqualTo(7);
        assertThat(chunks)
                .extracting(chunk -> chunk.at("/id").asString())
                .containsOnly(chunks.getFirst().at("/id").asString());
    }

    @Test
    void asksTheNextProviderUnseenBeforeTheFirstPiece() {
        VENDOR.behaves(_ -> Vendor.streams("Here."));

        List<JsonNode> chunks = chunks(events(bearer(CHAT, chat("auto", ",\"stream\":true"))));

        assertThat(chunks.getLast().at("/polyphony/attempts/0/provider").asString())
                .isEqualTo("down");
        assertThat(chunks.getLast().at("/polyphony/provider").asString()).isEqualTo("vendor");
    }

    @Test
    void endsAStreamThatBreaksWithAnErrorAndNothingElse() {
        VENDOR.behaves(_ -> Vendor.breaksOffAfter("Half a"));

        Reply reply = bearer(CHAT, chat("vendor", ",\"stream\":true"));

        List<String> events = events(reply);
        assertThat(events).noneMatch(event -> event.contains("[DONE]"));
        assertThat(events).last().asString().startsWith("event: error\ndata: ");
        JsonNode error =
                JsonMapper.builder().build().readTree(events.getLast().substring("event: error\ndata: ".length()));
        assertThat(error.at("/error/message").asString()).isNotBlank();
        assertThat(error.at("/error/code").asString()).isEqualTo("provider_stream_broken");
    }

    /** The same as before the first piece, where a status goes with it. */
    @ParameterizedTest
    @CsvSource({
        "context_length_exceeded, invalid_request_error, invalid_request_error, context_length_exceeded",
        "rate_limit_exceeded, requests, rate_limit_error, provider_rate_limited",
        "content_filter, invalid_request_error, invalid_request_error, content_refused",
        "server_error, server_error, server_error, provider_failed"
    })
    void saysInAStreamWhatKindOfErrorBrokeIt(String code, String type, String typeSaid, String codeSaid) {
        VENDOR.behaves(_ -> Vendor.breaksOffWith(
                "Half a", "{\"message\":\"No more.\",\"type\":\"%s\",\"code\":\"%s\"}".formatted(type, code)));

        List<String> events = events(bearer(CHAT, chat("vendor", ",\"stream\":true")));

        JsonNode error =
                JsonMapper.builder().build().readTree(events.getLast().substring("event: error\ndata: ".length()));
        assertThat(error.at("/error/code").asString()).isEqualTo(codeSaid);
        assertThat(error.at("/error/type").asString()).isEqualTo(typeSaid);
    }

    @Test
    void answersAnOrdinaryErrorBeforeTheFirstPiece() {
        Reply reply = bearer(CHAT, chat("down", ",\"stream\":true"));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.json().at("/error/type").asString()).isEqualTo("server_error");
        assertThat(reply.header("X-Polyphony-Attempts")).startsWith("down;outcome=");
        assertThat(reply.text()).doesNotContain("event:");
    }

    @Test
    void speaksForAnAgent() {
        VENDOR.behaves(question -> {
            asked.set(question);
            return Vendor.says("Noted.");
        });

        Reply reply = bearer(CHAT, chat("agent:detection-agent", ""));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().at("/model").asString()).isEqualTo("agent:detection-agent");
        assertThat(asked.get()).contains("You inspect software and texts");
    }

    @Test
    void listsWhatCanBeAsked() {
        JsonNode list = bearerGet("/openai/v1/models").json();

        assertThat(StreamSupport.stream(list.at("/data").spliterator(), false)
                        .map(model -> model.at("/id").asString()))
                .contains("auto", "vendor", "embedded", "agent:fix-agent");
        assertThat(bearerGet("/openai/v1/models/embedded").json().at("/object").asString())
                .isEqualTo("model");
        assertThat(bearerGet("/openai/v1/models/agent:fix-agent").status()).isEqualTo(200);
        Reply missing = bearerGet("/openai/v1/models/gpt-9");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().at("/error/code").asString()).isEqualTo("model_not_found");
    }

    @Test
    void doesNotServeAProviderThatIsSwitchedOff() {
        api().put(CONFIG, "{\"enabled\":false}");

        assertThat(bearerGet("/openai/v1/models/vendor").status()).isEqualTo(404);
        assertThat(bearer(CHAT, chat("vendor", "")).status()).isEqualTo(404);
    }

    @Test
    void embedsTextsInBothEncodings() {
        JsonNode plain = bearer(EMBEDDINGS, "{\"model\":\"embedded\",\"input\":[\"a red boat\",\"a blue car\"]}")
                .json();
        JsonNode packed = bearer(
                        EMBEDDINGS, "{\"model\":\"embedded\",\"input\":\"a red boat\",\"encoding_format\":\"base64\"}")
                .json();

        assertThat(plain.at("/data").size()).isEqualTo(2);
        assertThat(plain.at("/data/1/index").asInt()).isEqualTo(1);
        assertThat(plain.at("/data/0/embedding").size()).isEqualTo(384);
        float[] floats = new float[384];
        ByteBuffer.wrap(Base64.getDecoder()
                        .decode(packed.at("/data/0/embedding").asString()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(floats);
        assertThat(floats[5]).isEqualTo(plain.at("/data/0/embedding/5").floatValue(), within(1e-5f));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"embedded\",\"input\":\"a\",\"dimensions\":10}            | dimensions",
                "{\"model\":\"embedded\",\"input\":\"a\",\"encoding_format\":\"hex\"}  | encoding_format",
                "{\"model\":\"embedded\",\"input\":[]}                                 | input",
                "{\"model\":\"embedded\",\"input\":\" \"}                              | input",
                "{\"model\":\"embedded\",\"input\":[1,2,3]}                            | input",
                "{\"model\":\"embedded\"}                                              | input",
                "{\"input\":\"a\"}                                                     | model",
            })
    void refusesEmbeddingsThatCannotBeMade(String body, String param) {
        refuses(bearer(EMBEDDINGS, body), param);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}                                      | model",
                "{\"model\":\"auto\"}                                                                        |"
                        + " messages",
                "{\"model\":\"auto\",\"messages\":[]}                                                        |"
                        + " messages",
                "{\"model\":\"auto\",\"messages\":[null]}                                            |"
                        + " messages[0].role",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"king\",\"content\":\"a\"}]}           |"
                        + " messages[0].role",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\"}]}                          |"
                        + " messages[0].content",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]} |"
                        + " messages[0].content",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"tool\",\"content\":\"a\",\"tool_call_id\":\"x\"}]} |"
                        + " messages[0].tool_call_id",
            })
    void namesTheParameterThatIsWrong(String body, String param) {
        refuses(bearer(CHAT, body), param);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"n\":2                                          | n",
                "\"logprobs\":true                                | logprobs",
                "\"logit_bias\":{\"5\":1}                         | logit_bias",
                "\"functions\":[{}]                               | functions",
                "\"tool_choice\":\"perhaps\"                      | tool_choice",
                "\"tools\":[{\"type\":\"retrieval\"}]             | tools",
                "\"stop\":5                                       | stop",
                "\"response_format\":{\"type\":\"xml\"}           | response_format.type",
                "\"response_format\":{\"type\":\"json_schema\"}   | response_format.json_schema",
                "\"max_tokens\":\"many\"                          | max_tokens",
            })
    void refusesOptionsThatNobodyCouldHonour(String option, String param) {
        refuses(bearer(CHAT, chat("vendor", "," + option)), param);
    }

    @Test
    void saysInWordsWhatIsOutOfItsRange() {
        Reply reply = bearer(CHAT, chat("vendor", ",\"temperature\":3"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/error/message").asString()).contains("temperature", "0 to 2");
    }

    @Test
    void wantsAKeyAndSaysSoInItsOwnForm() {
        Reply reply = stranger().post(CHAT, chat("auto", ""));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().at("/error/code").asString()).isEqualTo("invalid_api_key");
        assertThat(reply.json().at("/error/type").asString()).isEqualTo("invalid_request_error");
    }

    private static void refuses(Reply reply, String param) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().at("/error/param").asString()).isEqualTo(param);
        assertThat(reply.json().at("/error/type").asString()).isEqualTo("invalid_request_error");
        assertThat(reply.json().at("/error/message").asString()).isNotBlank();
    }

    private static String chat(String model, String more) {
        return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"What colour is the lighthouse?\"}]%s}"
                .formatted(model, more);
    }

    private static List<String> events(Reply reply) {
        return List.of(reply.text().strip().split("\n\n"));
    }

    private static List<JsonNode> chunks(List<String> events) {
        JsonMapper json = JsonMapper.builder().build();
        return events.stream()
                .filter(event -> event.startsWith("data: {"))
                .map(event -> json.readTree(event.substring("data: ".length())))
                .toList();
    }
}
