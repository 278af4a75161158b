package dev.polyphony.providers.openai;

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

/** Chat completions as OpenAI sends them, and errors as those send them who speak its API. */
final class OpenAiWire implements VendorWire {
    private static final String USAGE = "{\"prompt_tokens\": 31, \"completion_tokens\": 7, \"total_tokens\": 38}";

    @Override
    public Dialect dialect(ProviderConfig config) {
        return new OpenAiDialect(config);
    }

    @Override
    public String basePath() {
        return "/v1";
    }

    @Override
    public String stopped(String reply) {
        return reply.replace("\"stop\"", "\"NEW_REASON\"");
    }

    @Override
    public String listPath() {
        return "/v1/models";
    }

    @Override
    public String list(List<String> models) {
        return models.stream()
                .map(model -> "{\"id\": %s, \"object\": \"model\", \"created\": 1, \"owned_by\": \"vendor\"}"
                        .formatted(quoted(model)))
                .collect(Collectors.joining(", ", "{\"object\": \"list\", \"data\": [", "]}"));
    }

    @Override
    public String reply(String text) {
        return completion(
                "{\"role\": \"assistant\", \"content\": %s, \"refusal\": null}".formatted(quoted(text)), "stop");
    }

    @Override
    public String cutReply(String text) {
        return completion("{\"role\": \"assistant\", \"content\": %s}".formatted(quoted(text)), "length");
    }

    @Override
    public String refusal() {
        return completion(
                "{\"role\": \"assistant\", \"content\": null, \"refusal\": \"I cannot help with that.\"}", "stop");
    }

    @Override
    public String toolCalls(List<ToolCall> calls) {
        String all = calls.stream()
                .map(call ->
                        "{\"id\": \"%s\", \"type\": \"function\", \"function\": {\"name\": \"%s\", \"arguments\": %s}}"
                                .formatted(call.id(), call.tool(), quoted(call.arguments())))
                .collect(Collectors.joining(", "));
        return completion(
                "{\"role\": \"assistant\", \"content\": null, \"tool_calls\": [%s]}".formatted(all), "tool_calls");
    }

    private static String completion(String message, String reason) {
        return """
            {"id": "chatcmpl-1", "object": "chat.completion", "created": 1760000000, "model": "vendor-large-2",
             "choices": [{"index": 0, "message": %s, "logprobs": null, "finish_reason": "%s"}],
             "usage": %s, "service_tier": "default", "system_fingerprint": "fp_1"}
            """.formatted(message, reason, USAGE);
    }

    @Override
    public String callEnd() {
        return chunk("{}", "\"tool_calls\"");
    }

    @Override
    public String rawPiece(String json) {
        return chunk("{\"content\": %s}".formatted(json), "null");
    }

    @Override
    public String cutEnd() {
        return chunk("{}", "\"length\"") + usageAndDone();
    }

    @Override
    public String replyInParts(List<String> texts) {
        String parts = texts.stream()
                .map(text -> "{\"type\": \"text\", \"text\": %s}".formatted(quoted(text)))
                .collect(Collectors.joining(", "));
        return completion(
                "{\"content\": [{\"type\": \"thinking\", \"thinking\": [{\"type\": \"text\", \"text\": \"Hm.\"}]}, %s]}"
                        .formatted(parts),
                "stop");
    }

    @Override
    public String callWithText(String arguments) {
        return completion(
                "{\"tool_calls\": [{\"id\": \"c\", \"function\": {\"name\": \"get_weather\", \"arguments\": %s}}]}"
                        .formatted(arguments),
                "tool_calls");
    }

    @Override
    public String callStreamWithText(String arguments) {
        return chunk(
                        "{\"tool_calls\": [{\"index\": 0, \"id\": \"c\", \"function\": {\"name\": \"get_weather\", \"arguments\": %s}}]}"
                                .formatted(arguments),
                        "null")
                + callEnd()
                + usageAndDone();
    }

    @Override
    public boolean givesIds() {
        return true;
    }

    @Override
    public String streamBegin(List<String> pieces) {
        return chunk("{\"role\": \"assistant\", \"content\": \"\"}", "null")
                + pieces.stream()
                        .map(piece -> chunk("{\"content\": %s}".formatted(quoted(piece)), "null"))
                        .collect(Collectors.joining());
    }

    @Override
    public String streamEnd() {
        return chunk("{}", "\"stop\"") + usageAndDone();
    }

    private static String usageAndDone() {
        return event("""
            {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1760000000, "model": "vendor-large-2",\
             "choices": [], "usage": %s}\
            """.formatted(USAGE)) + event("[DONE]");
    }

    /** The arguments come in pieces; each call has an index, and its id and name only once. */
    @Override
    public String toolCallStream(List<ToolCall> calls) {
        StringBuilder events = new StringBuilder(chunk("{\"role\": \"assistant\", \"content\": null}", "null"));
        for (int i = 0; i < calls.size(); i++) {
            ToolCall call = calls.get(i);
            int half = call.arguments().length() / 2;
            events.append(chunk("""
                {"tool_calls": [{"index": %d, "id": "%s", "type": "function", "function": {"name": "%s", "arguments": ""}}]}\
                """.formatted(i, call.id(), call.tool()), "null"));
            for (String part : List.of(
                    call.arguments().substring(0, half), call.arguments().substring(half))) {
                events.append(chunk(
                        "{\"tool_calls\": [{\"index\": %d, \"function\": {\"arguments\": %s}}]}"
                                .formatted(i, quoted(part)),
                        "null"));
            }
        }
        return events + chunk("{}", "\"tool_calls\"") + usageAndDone();
    }

    static String chunk(String delta, String reason) {
        return event("""
            {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1760000000, "model": "vendor-large-2",\
             "choices": [{"index": 0, "delta": %s, "finish_reason": %s}]}\
            """.formatted(delta, reason));
    }

    static String event(String data) {
        return "data: " + data + "\n\n";
    }

    @Override
    public String errorEvent() {
        return event(
                "{\"error\": {\"message\": \"The server had an error\", \"type\": \"server_error\", \"code\": null}}");
    }

    @Override
    public String ping() {
        return ": keep-alive\n\n";
    }

    @Override
    public String vectors(int count) {
        String data = IntStream.range(0, count)
                .mapToObj("{\"object\": \"embedding\", \"index\": %1$d, \"embedding\": [%1$d, 0.5, -0.25]}"::formatted)
                .collect(Collectors.joining(", "));
        return """
            {"object": "list", "data": [%s], "model": "embed-1", "usage": {"prompt_tokens": 31, "total_tokens": 31}}
            """.formatted(data);
    }

    @Override
    public boolean countsEmbeddings() {
        return true;
    }

    /** What happens, status, type, code, message, and the problem that it is. */
    private static final String ERRORS = """
        wrong key | 401 | invalid_request_error | invalid_api_key | Incorrect API key provided: sk-*** | PROVIDER_REFUSED_KEY
        country | 403 | request_forbidden | unsupported_country_region_territory | Country not supported | PROVIDER_REFUSED_KEY
        rate | 429 | requests | rate_limit_exceeded | Rate limit reached for gpt-4.1 | PROVIDER_RATE_LIMITED
        quota | 429 | insufficient_quota | insufficient_quota | You exceeded your current quota | PROVIDER_QUOTA_EXHAUSTED
        unknown model | 404 | invalid_request_error | model_not_found | The model `gpt-9` does not exist or you do not have \
        access to it. | PROVIDER_MODEL_UNKNOWN
        context | 400 | invalid_request_error | context_length_exceeded | This model's maximum context length is 8192 tokens. \
        However, your messages resulted in 9001 tokens. | CONTEXT_WINDOW_EXCEEDED
        filter | 400 | invalid_request_error | content_policy_violation | Your request was rejected | CONTENT_REFUSED
        parameter | 400 | invalid_request_error | unsupported_value | 'temperature' does not support 2 | PROVIDER_REQUEST_INVALID
        server | 500 | server_error | internal_error | The server had an error | PROVIDER_FAILED
        overloaded | 503 | server_error | overloaded | The engine is currently overloaded | PROVIDER_FAILED
        """;

    @Override
    public List<Fault> errors() {
        List<Fault> others = List.of(
                new Fault("gateway", 504, "<html>504 Gateway Time-out</html>", ProviderProblem.PROVIDER_TIMED_OUT),
                new Fault(
                        "error behind 200",
                        200,
                        "{\"error\": {\"message\": \"Rate limit exceeded\", \"code\": 429}}",
                        ProviderProblem.PROVIDER_RATE_LIMITED),
                new Fault("redirect", 302, "", ProviderProblem.PROVIDER_FAILED));
        return Stream.concat(VendorWire.rows(ERRORS).map(OpenAiWire::fault), others.stream())
                .toList();
    }

    private static Fault fault(List<String> cells) {
        String body = "{\"error\": {\"message\": %s, \"type\": \"%s\", \"param\": null, \"code\": \"%s\"}}"
                .formatted(quoted(cells.get(4)), cells.get(2), cells.get(3));
        return new Fault(
                cells.getFirst(), Integer.parseInt(cells.get(1)), body, ProviderProblem.valueOf(cells.getLast()));
    }
}
