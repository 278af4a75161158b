package dev.polyphony.providers.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ReplyFormat;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.contract.ModelRequests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With schemas that a stranger wrote. */
class JsonRepliesTest {
    private final List<ModelRequest> asked = new ArrayList<>();

    @Test
    void fetchesNothingForASchema() {
        for (String elsewhere : List.of(
                "http://127.0.0.1:1/s.json", "https://example.com/s.json", "file:///etc/passwd", "classpath:/s.json")) {
            ProviderFailure failure = failure("{\"$ref\": \"%s\"}".formatted(elsewhere), "{}");
            assertThat(failure).hasMessageNotContaining("root:");
            assertThat(failure.problem())
                    .as(elsewhere)
                    .isIn(ProviderProblem.PROVIDER_REQUEST_INVALID, ProviderProblem.REPLY_NOT_BY_SCHEMA);
        }
    }

    @Test
    void givesUpOnAPatternThatTakesAges() {
        String evil = "{\"type\": \"string\", \"pattern\": \"^[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*[0-9]$\"}";

        assertThat(failure(evil, "\"" + "a".repeat(400) + "!\"")).hasMessageContaining("takes too long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"pattern\": \"(\"}", "{\"type\": 7}", "true", "[]", "null", "", "{\"$ref\": \"#/$defs/none\"}"
            })
    void refusesASchemaThatIsNone(String schema) {
        assertThat(failure(schema, "\"text\"").problem())
                .isIn(ProviderProblem.PROVIDER_REQUEST_INVALID, ProviderProblem.REPLY_NOT_BY_SCHEMA);
    }

    @Test
    void survivesASchemaThatRefersToItself() {
        assertThat(failure("{\"$ref\": \"#\"}", "{}").problem())
                .isIn(ProviderProblem.PROVIDER_REQUEST_INVALID, ProviderProblem.REPLY_NOT_BY_SCHEMA);
    }

    @Test
    void takesASchemaOfAnotherDraft() {
        ReplyFormat.Json format = new ReplyFormat.Json(
                "old", "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"type\": \"integer\"}");

        assertThat(JsonReplies.checked("model", request(format), answering("7")).text())
                .isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1, \"a\": 2}", "{} {}", "NaN", "{'a': 1}", "{\"a\": 1,}", "\u0000"})
    void refusesWhatIsNotQuiteJson(String text) {
        assertThat(failure("{}", text).problem()).isEqualTo(ProviderProblem.REPLY_NOT_BY_SCHEMA);
    }

    @Test
    void leavesAReplyWithToolCallsAlone() {
        ModelReply calling =
                new ModelReply("", List.of(new ToolCall("1", "time", "{}")), "model", FinishReason.TOOL_CALLS, null);

        assertThat(JsonReplies.checked("model", request(ModelRequests.CITY), _ -> calling))
                .isSameAs(calling);
    }

    @Test
    void doesNotRepairWhenTheTimeIsUp() {
        ModelRequest hurried = request(ModelRequests.CITY).withTimeout(Duration.ofMillis(1));

        ProviderFailure failure = catchThrowableOfType(
                ProviderFailure.class, () -> JsonReplies.checked("model", hurried, answering("{}")));

        assertThat(failure).hasMessageContaining("no time was left");
        assertThat(asked).hasSize(1);
    }

    @Test
    void saysThatTheReplyWasCut() {
        ModelReply cut = new ModelReply("{\"name\": \"U", List.of(), "model", FinishReason.LENGTH, null);

        assertThat(catchThrowableOfType(
                        ProviderFailure.class,
                        () -> JsonReplies.checked("model", request(ModelRequests.CITY), _ -> cut)))
                .hasMessageContaining("cut at the limit on tokens");
    }

    private ProviderFailure failure(String schema, String text) {
        ReplyFormat.Json format = new ReplyFormat.Json("theirs", schema);
        ProviderFailure failure = catchThrowableOfType(
                ProviderFailure.class, () -> JsonReplies.checked("model", request(format), answering(text)));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static ModelRequest request(ReplyFormat.Json format) {
        return ModelRequests.about("What?", List.of()).withFormat(format);
    }

    private JsonReplies.Model answering(String text) {
        return request -> {
            asked.add(request);
            return new ModelReply(text, List.of(), "model", FinishReason.STOP, null);
        };
    }

    /** One that looked for the end of the fence from each line anew would not come back in years. */
    @Test
    @Timeout(60)
    void givesUpOnAFenceThatIsNeverClosed() {
        assertThat(failure("{}", "```json\n" + "\n".repeat(200_000) + "{}").problem())
                .isEqualTo(ProviderProblem.REPLY_NOT_BY_SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"```\n{}\n```", " ```json \n\n{}\n \n```\n ", "```JSON\r\n{}\r\n```", "{}", " {} "})
    void takesTheJsonOutOfItsFence(String text) {
        ReplyFormat.Json format = new ReplyFormat.Json("theirs", "{}");

        assertThat(JsonReplies.checked("model", request(format), answering(text))
                        .text()
                        .strip())
                .isEqualTo("{}");
    }
}
