package dev.polyphony.providers.gemini;

import static dev.polyphony.providers.contract.VendorWire.quoted;

import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.contract.VendorWire;
import dev.polyphony.providers.vendor.Dialect;
import dev.polyphony.providers.vendor.Endpoint;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Contents as Google AI's Gemini sends them. */
final class GeminiWire implements VendorWire {
    @Override
    public Dialect dialect(Endpoint endpoint) {
        return new GeminiDialect();
    }

    @Override
    public String basePath() {
        return "/v1beta";
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

    @Override
    public List<Fault> errors() {
        return List.of(
                google(
                        400,
                        "INVALID_ARGUMENT",
                        "API key not valid. Please pass a valid API key.",
                        """
                        , "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}]\
                        """,
                        ProviderProblem.PROVIDER_REFUSED_KEY),
                google(
                        403,
                        "PERMISSION_DENIED",
                        "Method doesn't allow unregistered callers",
                        "",
                        ProviderProblem.PROVIDER_REFUSED_KEY),
                google(
                        429,
                        "RESOURCE_EXHAUSTED",
                        "Resource has been exhausted (e.g. check quota).",
                        "",
                        ProviderProblem.PROVIDER_RATE_LIMITED),
                google(
                        404,
                        "NOT_FOUND",
                        "models/gemini-9 is not found for API version v1beta",
                        "",
                        ProviderProblem.PROVIDER_MODEL_UNKNOWN),
                google(
                        400,
                        "INVALID_ARGUMENT",
                        "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
                        "",
                        ProviderProblem.CONTEXT_WINDOW_EXCEEDED),
                google(
                        400,
                        "INVALID_ARGUMENT",
                        "Unable to submit request because it has a temperature of 3",
                        "",
                        ProviderProblem.PROVIDER_REQUEST_INVALID),
                google(500, "INTERNAL", "An internal error has occurred", "", ProviderProblem.PROVIDER_FAILED),
                google(
                        503,
                        "UNAVAILABLE",
                        "The model is overloaded. Please try again later.",
                        "",
                        ProviderProblem.PROVIDER_FAILED),
                google(
                        504,
                        "DEADLINE_EXCEEDED",
                        "The service did not finish in time",
                        "",
                        ProviderProblem.PROVIDER_TIMED_OUT),
                new Fault(
                        "stopped by safety",
                        200,
                        "{\"candidates\": [{\"finishReason\": \"SAFETY\", \"index\": 0}], \"usageMetadata\":"
                                + " {\"promptTokenCount\": 31}}",
                        ProviderProblem.CONTENT_REFUSED));
    }

    private static Fault google(int status, String name, String message, String details, ProviderProblem problem) {
        String body = "{\"error\": {\"code\": %d, \"message\": %s, \"status\": \"%s\"%s}}"
                .formatted(status, quoted(message), name, details);
        return new Fault(name + ", " + message, status, body, problem);
    }
}
