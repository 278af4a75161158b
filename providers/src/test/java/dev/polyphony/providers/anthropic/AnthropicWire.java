package dev.polyphony.providers.anthropic;

import static dev.polyphony.providers.contract.VendorWire.quoted;

import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.contract.VendorWire;
import dev.polyphony.providers.vendor.Dialect;
import java.util.List;
import java.util.stream.Collectors;

/** Messages as Anthropic sends them. */
final class AnthropicWire implements VendorWire {
    @Override
    public Dialect dialect(ProviderConfig config) {
        return new AnthropicDialect(config);
    }

    @Override
    public String basePath() {
        return "/v1";
    }

    @Override
    public String stopped(String reply) {
        return reply.replace("\"end_turn\"", "\"NEW_REASON\"");
    }

    @Override
    public String listPath() {
        return "/v1/models?limit=1000";
    }

    @Override
    public String list(List<String> models) {
        return models.stream()
                .map(model -> "{\"type\": \"model\", \"id\": %s, \"display_name\": \"One\"}".formatted(quoted(model)))
                .collect(Collectors.joining(", ", "{\"data\": [", "], \"has_more\": false}"));
    }

    @Override
    public String reply(String text) {
        return message("{\"type\": \"text\", \"text\": %s}".formatted(quoted(text)), "end_turn");
    }

    @Override
    public String cutReply(String text) {
        return message("{\"type\": \"text\", \"text\": %s}".formatted(quoted(text)), "max_tokens");
    }

    @Override
    public String refusal() {
        return message("", "refusal");
    }

    @Override
    public String toolCalls(List<ToolCall> calls) {
        String blocks = calls.stream()
                .map(call -> "{\"type\": \"tool_use\", \"id\": \"%s\", \"name\": \"%s\", \"input\": %s}"
                        .formatted(call.id(), call.tool(), call.arguments()))
                .collect(Collectors.joining(", "));
        return message(blocks, "tool_use");
    }

    private static String message(String blocks, String reason) {
        return """
            {"id": "msg_01", "type": "message", "role": "assistant", "model": "vendor-large-2", "content": [%s],
             "stop_reason": "%s", "stop_sequence": null,
             "usage": {"input_tokens": 31, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0,
                       "output_tokens": 7, "service_tier": "standard"}}
            """.formatted(blocks, reason);
    }

    @Override
    public String callEnd() {
        return end("tool_use");
    }

    @Override
    public String rawPiece(String json) {
        return event(
                "content_block_delta",
                "\"index\": 0, \"delta\": {\"type\": \"text_delta\", \"text\": %s}".formatted(json));
    }

    @Override
    public String cutEnd() {
        return end("max_tokens");
    }

    @Override
    public String replyInParts(List<String> texts) {
        String parts = texts.stream()
                .map(text -> "{\"type\": \"text\", \"text\": %s}".formatted(quoted(text)))
                .collect(Collectors.joining(", "));
        return message("{\"type\": \"thinking\", \"thinking\": \"Hm.\", \"signature\": \"s\"}, " + parts, "end_turn");
    }

    @Override
    public String callWithText(String arguments) {
        return message(
                "{\"type\": \"tool_use\", \"id\": \"c\", \"name\": \"get_weather\", \"input\": %s}"
                        .formatted(arguments),
                "tool_use");
    }

    @Override
    public String callStreamWithText(String arguments) {
        return start()
                + event(
                        "content_block_start",
                        "\"index\": 0, \"content_block\": {\"type\": \"tool_use\", \"id\": \"c\", \"name\":"
                                + " \"get_weather\", \"input\": {}}")
                + event(
                        "content_block_delta",
                        "\"index\": 0, \"delta\": {\"type\": \"input_json_delta\", \"partial_json\": %s}"
                                .formatted(arguments))
                + end("tool_use");
    }

    @Override
    public boolean givesIds() {
        return true;
    }

    @Override
    public String streamBegin(List<String> pieces) {
        return start()
                + event("content_block_start", "\"index\": 0, \"content_block\": {\"type\": \"text\", \"text\": \"\"}")
                + ping()
                + pieces.stream()
                        .map(piece -> event(
                                "content_block_delta",
                                "\"index\": 0, \"delta\": {\"type\": \"text_delta\", \"text\": %s}"
                                        .formatted(quoted(piece))))
                        .collect(Collectors.joining());
    }

    private static String start() {
        return event("message_start", """
            "message": {"id": "msg_01", "type": "message", "role": "assistant", "model": "vendor-large-2", "content": [],\
             "stop_reason": null, "stop_sequence": null, "usage": {"input_tokens": 31, "output_tokens": 1}}\
            """);
    }

    @Override
    public String streamEnd() {
        return event("content_block_stop", "\"index\": 0") + end("end_turn");
    }

    static String end(String reason) {
        return event(
                        "message_delta",
                        "\"delta\": {\"stop_reason\": \"%s\", \"stop_sequence\": null}, \"usage\": {\"output_tokens\": 7}"
                                .formatted(reason))
                + "event: message_stop\ndata: {\"type\": \"message_stop\"}\n\n";
    }

    @Override
    public String toolCallStream(List<ToolCall> calls) {
        StringBuilder events = new StringBuilder(start());
        for (int i = 0; i < calls.size(); i++) {
            ToolCall call = calls.get(i);
            int half = call.arguments().length() / 2;
            events.append(event(
                    "content_block_start",
                    "\"index\": %d, \"content_block\": {\"type\": \"tool_use\", \"id\": \"%s\", \"name\": \"%s\", \"input\": {}}"
                            .formatted(i, call.id(), call.tool())));
            for (String part : List.of(
                    call.arguments().substring(0, half), call.arguments().substring(half))) {
                events.append(event(
                        "content_block_delta",
                        "\"index\": %d, \"delta\": {\"type\": \"input_json_delta\", \"partial_json\": %s}"
                                .formatted(i, quoted(part))));
            }
            events.append(event("content_block_stop", "\"index\": " + i));
        }
        return events + end("tool_use");
    }

    static String event(String type, String fields) {
        return "event: %1$s\ndata: {\"type\": \"%1$s\", %2$s}\n\n".formatted(type, fields);
    }

    @Override
    public String errorEvent() {
        return event("error", "\"error\": {\"type\": \"overloaded_error\", \"message\": \"Overloaded\"}");
    }

    @Override
    public String ping() {
        return "event: ping\ndata: {\"type\": \"ping\"}\n\n";
    }

    @Override
    public String vectors(int count) {
        throw new UnsupportedOperationException("Anthropic has no models for embeddings");
    }

    @Override
    public boolean countsEmbeddings() {
        return false;
    }

    /** Status, type, message, and the problem that it is. */
    private static final String ERRORS = """
        401 | authentication_error | invalid x-api-key | PROVIDER_REFUSED_KEY
        403 | permission_error | Your API key does not have permission | PROVIDER_REFUSED_KEY
        400 | invalid_request_error | Your credit balance is too low to access the Anthropic API. | PROVIDER_QUOTA_EXHAUSTED
        400 | invalid_request_error | You have reached your specified API usage limits. | PROVIDER_QUOTA_EXHAUSTED
        429 | rate_limit_error | This request would exceed your organization's rate limit | PROVIDER_RATE_LIMITED
        404 | not_found_error | model: claude-9 | PROVIDER_MODEL_UNKNOWN
        400 | invalid_request_error | prompt is too long: 210000 tokens > 200000 maximum | CONTEXT_WINDOW_EXCEEDED
        413 | request_too_large | Request exceeds the maximum size | CONTEXT_WINDOW_EXCEEDED
        400 | invalid_request_error | Output blocked by content filtering policy | CONTENT_REFUSED
        400 | invalid_request_error | temperature: range: 0..1 | PROVIDER_REQUEST_INVALID
        500 | api_error | Internal server error | PROVIDER_FAILED
        529 | overloaded_error | Overloaded | PROVIDER_FAILED
        504 | timeout_error | Request timed out | PROVIDER_TIMED_OUT
        """;

    @Override
    public List<Fault> errors() {
        return VendorWire.rows(ERRORS).map(AnthropicWire::fault).toList();
    }

    private static Fault fault(List<String> cells) {
        String type = cells.get(1);
        String message = cells.get(2);
        String body =
                "{\"type\": \"error\", \"error\": {\"type\": \"%s\", \"message\": %s}, \"request_id\": \"req_01\"}"
                        .formatted(type, quoted(message));
        return new Fault(
                type + ", " + message,
                Integer.parseInt(cells.getFirst()),
                body,
                ProviderProblem.valueOf(cells.getLast()));
    }
}
