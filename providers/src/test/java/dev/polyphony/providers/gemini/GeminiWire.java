package dev.polyphony.providers.gemini;

import static dev.polyphony.providers.contract.VendorWire.quoted;

import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.contract.VendorWire;
import dev.polyphony.providers.vendor.Dialect;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Contents as Google AI's Gemini sends them. */
final class GeminiWire implements VendorWire {
    @Override
    public Dialect dialect(ProviderConfig config) {
        return new GeminiDialect(config);
    }

    @Override
    public String basePath() {
        return "/v1beta";
    }

    @Override
    public String stopped(String reply) {
        return reply.replace("\"STOP\"", "\"NEW_REASON\"");
    }

    @Override
    public String listPath() {
        return "/v1beta/models?pageSize=1000";
    }

    @Override
    public String list(List<String> models) {
        return models.stream()
                .map(model -> "{\"name\": %s, \"inputTokenLimit\": 9}".formatted(quoted("models/" + model)))
                .collect(Collectors.joining(", ", "{\"models\": [", "]}"));
    }

    @Override
    public String reply(String text) {
        return content("{\"text\": %s}".formatted(quoted(text)), ", \"finishReason\": \"STOP\"");
    }

    @Override
    public String cutReply(String text) {
        return content("{\"text\": %s}".formatted(quoted(text)), ", \"finishReason\": \"MAX_TOKENS\"");
    }

    @Override
    public String refusal() {
        return """
            {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "modelVersion": "vendor-large-2",
             "usageMetadata": {"promptTokenCount": 31, "totalTokenCount": 31}}
            """;
    }

    @Override
    public String toolCalls(List<ToolCall> calls) {
        return content(parts(calls), ", \"finishReason\": \"STOP\"");
    }

    private static String parts(List<ToolCall> calls) {
        return calls.stream()
                .map(call ->
                        "{\"functionCall\": {\"name\": \"%s\", \"args\": %s}}".formatted(call.tool(), call.arguments()))
                .collect(Collectors.joining(", "));
    }

    /** Of the seven tokens written, two were thoughts. */
    private static String content(String parts, String finish) {
        return """
            {"candidates": [{"content": {"parts": [%s], "role": "model"}%s, "index": 0}],\
             "usageMetadata": {"promptTokenCount": 31, "candidatesTokenCount": 5, "totalTokenCount": 38,\
             "thoughtsTokenCount": 2}, "modelVersion": "vendor-large-2", "responseId": "r1"}\
            """.formatted(parts, finish);
    }

    @Override
    public String callEnd() {
        return streamEnd();
    }

    @Override
    public long seed(long asked) {
        return asked == (int) asked ? asked : Long.hashCode(asked);
    }

    @Override
    public String rawPiece(String json) {
        return event(content("{\"text\": %s}".formatted(json), ""));
    }

    @Override
    public String cutEnd() {
        return event(content("{\"text\": \"\"}", ", \"finishReason\": \"MAX_TOKENS\""));
    }

    @Override
    public String replyInParts(List<String> texts) {
        String parts = texts.stream()
                .map(text -> "{\"text\": %s}".formatted(quoted(text)))
                .collect(Collectors.joining(", "));
        return content("{\"text\": \"Hm.\", \"thought\": true}, " + parts, ", \"finishReason\": \"STOP\"");
    }

    @Override
    public String callWithText(String arguments) {
        return content(
                "{\"functionCall\": {\"name\": \"get_weather\", \"args\": %s}}".formatted(arguments),
                ", \"finishReason\": \"STOP\"");
    }

    @Override
    public String callStreamWithText(String arguments) {
        return event(content("{\"functionCall\": {\"name\": \"get_weather\", \"args\": %s}}".formatted(arguments), ""))
                + streamEnd();
    }

    @Override
    public boolean givesIds() {
        return false;
    }

    @Override
    public String streamBegin(List<String> pieces) {
        return pieces.stream()
                .map(piece -> event(content("{\"text\": %s}".formatted(quoted(piece)), "")))
                .collect(Collectors.joining());
    }

    @Override
    public String streamEnd() {
        return event(content("{\"text\": \"\"}", ", \"finishReason\": \"STOP\""));
    }

    @Override
    public String toolCallStream(List<ToolCall> calls) {
        return calls.stream()
                        .map(call -> event(content(parts(List.of(call)), "")))
                        .collect(Collectors.joining())
                + streamEnd();
    }

    private static String event(String data) {
        return "data: " + data + "\r\n\r\n";
    }

    @Override
    public String errorEvent() {
        return event(
                "{\"error\": {\"code\": 503, \"message\": \"The model is overloaded.\", \"status\": \"UNAVAILABLE\"}}");
    }

    @Override
    public String ping() {
        return ": alive\n\n";
    }

    @Override
    public String vectors(int count) {
        return IntStream.range(0, count)
                .mapToObj("{\"values\": [%d, 0.5, -0.25]}"::formatted)
                .collect(Collectors.joining(", ", "{\"embeddings\": [", "]}"));
    }

    @Override
    public boolean countsEmbeddings() {
        return false;
    }

    /** Status, its name, message, and the problem that it is. */
    private static final String ERRORS = """
        403 | PERMISSION_DENIED | Method doesn't allow unregistered callers | PROVIDER_REFUSED_KEY
        429 | RESOURCE_EXHAUSTED | Resource has been exhausted (e.g. check quota). | PROVIDER_RATE_LIMITED
        404 | NOT_FOUND | models/gemini-9 is not found for API version v1beta | PROVIDER_MODEL_UNKNOWN
        400 | INVALID_ARGUMENT | The input token count (1200000) exceeds the maximum number of tokens allowed (1048576). \
        | CONTEXT_WINDOW_EXCEEDED
        400 | INVALID_ARGUMENT | Unable to submit request because it has a temperature of 3 | PROVIDER_REQUEST_INVALID
        500 | INTERNAL | An internal error has occurred | PROVIDER_FAILED
        503 | UNAVAILABLE | The model is overloaded. Please try again later. | PROVIDER_FAILED
        504 | DEADLINE_EXCEEDED | The service did not finish in time | PROVIDER_TIMED_OUT
        """;

    private static final String WRONG_KEY = """
        {"error": {"code": 400, "message": "API key not valid. Please pass a valid API key.", "status": "INVALID_ARGUMENT", \
        "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}]}}\
        """;

    @Override
    public List<Fault> errors() {
        List<Fault> others = List.of(
                new Fault("wrong key", 400, WRONG_KEY, ProviderProblem.PROVIDER_REFUSED_KEY),
                new Fault(
                        "stopped by safety",
                        200,
                        "{\"candidates\": [{\"finishReason\": \"SAFETY\", \"index\": 0}], \"usageMetadata\":"
                                + " {\"promptTokenCount\": 31}}",
                        ProviderProblem.CONTENT_REFUSED));
        return Stream.concat(VendorWire.rows(ERRORS).map(GeminiWire::fault), others.stream())
                .toList();
    }

    private static Fault fault(List<String> cells) {
        String name = cells.get(1);
        String message = cells.get(2);
        int status = Integer.parseInt(cells.getFirst());
        String body = "{\"error\": {\"code\": %d, \"message\": %s, \"status\": \"%s\"}}"
                .formatted(status, quoted(message), name);
        return new Fault(name + ", " + message, status, body, ProviderProblem.valueOf(cells.getLast()));
    }
}
