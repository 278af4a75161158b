package dev.polyphony.providers.ollama;

import static dev.polyphony.providers.contract.VendorWire.quoted;

import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.contract.VendorWire;
import dev.polyphony.providers.vendor.Dialect;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Chats as Ollama sends them: streams are lines of JSON. */
final class OllamaWire implements VendorWire {
    private static final String COUNTS = """
        , "total_duration": 4883583458, "load_duration": 1334875, "prompt_eval_count": 31, "prompt_eval_duration": 342546000,\
         "eval_count": 7, "eval_duration": 4535599000\
        """;

    @Override
    public Dialect dialect(ProviderConfig config) {
        return new OllamaDialect(config);
    }

    @Override
    public String basePath() {
        return "";
    }

    @Override
    public String stopped(String reply) {
        return reply.replace("\"stop\"", "\"NEW_REASON\"");
    }

    @Override
    public String listPath() {
        return "/api/tags";
    }

    @Override
    public String list(List<String> models) {
        return models.stream()
                .map(model ->
                        "{\"name\": %s, \"size\": 7, \"details\": {\"format\": \"gguf\"}}".formatted(quoted(model)))
                .collect(Collectors.joining(", ", "{\"models\": [", "]}"));
    }

    @Override
    public String reply(String text) {
        return line(text, ", \"done_reason\": \"stop\"" + COUNTS, true);
    }

    @Override
    public String cutReply(String text) {
        return line(text, ", \"done_reason\": \"length\"" + COUNTS, true);
    }

    /** Ollama's models refuse in words only. */
    @Override
    public String refusal() {
        return "";
    }

    @Override
    public String toolCalls(List<ToolCall> calls) {
        return lineWithCalls(calls, ", \"done_reason\": \"stop\"" + COUNTS, true);
    }

    private static String line(String text, String more, boolean done) {
        return message("{\"role\": \"assistant\", \"content\": %s}".formatted(quoted(text)), more, done);
    }

    private static String lineWithCalls(List<ToolCall> calls, String more, boolean done) {
        String all = calls.stream()
                .map(call -> "{\"function\": {\"name\": \"%s\", \"arguments\": %s}}"
                        .formatted(call.tool(), call.arguments()))
                .collect(Collectors.joining(", "));
        return message("{\"role\": \"assistant\", \"content\": \"\", \"tool_calls\": [%s]}".formatted(all), more, done);
    }

    private static String message(String message, String more, boolean done) {
        return """
            {"model": "vendor-large-2", "created_at": "2025-10-09T08:52:19.385406455Z", "message": %s, "done": %s%s}
            """.formatted(message, done, more);
    }

    @Override
    public String callEnd() {
        return streamEnd();
    }

    @Override
    public String rawPiece(String json) {
        return message("{\"role\": \"assistant\", \"content\": %s}".formatted(json), "", false);
    }

    @Override
    public String cutEnd() {
        return line("", ", \"done_reason\": \"length\"" + COUNTS, true);
    }

    @Override
    public String replyInParts(List<String> texts) {
        String parts = texts.stream().map(VendorWire::quoted).collect(Collectors.joining(", "));
        return message(
                "{\"role\": \"assistant\", \"thinking\": \"Hm.\", \"content\": [%s]}".formatted(parts),
                ", \"done_reason\": \"stop\"" + COUNTS,
                true);
    }

    @Override
    public String callWithText(String arguments) {
        return message(callOf(arguments), ", \"done_reason\": \"stop\"" + COUNTS, true);
    }

    @Override
    public String callStreamWithText(String arguments) {
        return message(callOf(arguments), "", false) + streamEnd();
    }

    private static String callOf(String arguments) {
        return "{\"role\": \"assistant\", \"content\": \"\", \"tool_calls\": [{\"function\": {\"name\":"
                + " \"get_weather\","
                + " \"arguments\": %s}}]}".formatted(arguments);
    }

    @Override
    public boolean givesIds() {
        return false;
    }

    @Override
    public String streamBegin(List<String> pieces) {
        return pieces.stream().map(piece -> line(piece, "", false)).collect(Collectors.joining());
    }

    @Override
    public String streamEnd() {
        return line("", ", \"done_reason\": \"stop\"" + COUNTS, true);
    }

    @Override
    public String toolCallStream(List<ToolCall> calls) {
        return calls.stream()
                        .map(call -> lineWithCalls(List.of(call), "", false))
                        .collect(Collectors.joining())
                + streamEnd();
    }

    @Override
    public String errorEvent() {
        return "{\"error\": \"an error was encountered while running the model: unexpected EOF\"}\n";
    }

    @Override
    public String ping() {
        return "\n";
    }

    @Override
    public String vectors(int count) {
        return IntStream.range(0, count)
                .mapToObj("[%d, 0.5, -0.25]"::formatted)
                .collect(Collectors.joining(
                        ", ", "{\"model\": \"embed-1\", \"embeddings\": [", "], \"prompt_eval_count\": 31}"));
    }

    @Override
    public boolean countsEmbeddings() {
        return true;
    }

    @Override
    public List<Fault> errors() {
        return List.of(
                ollama(401, "unauthorized", ProviderProblem.PROVIDER_REFUSED_KEY),
                ollama(429, "too many concurrent requests", ProviderProblem.PROVIDER_RATE_LIMITED),
                ollama(404, "model 'qwen9' not found", ProviderProblem.PROVIDER_MODEL_UNKNOWN),
                ollama(400, "the input length exceeds the context length", ProviderProblem.CONTEXT_WINDOW_EXCEEDED),
                ollama(400, "invalid options: temperature", ProviderProblem.PROVIDER_REQUEST_INVALID),
                ollama(
                        400,
                        "registry.ollama.ai/library/gemma:2b does not support tools",
                        ProviderProblem.PROVIDER_REQUEST_INVALID),
                ollama(500, "llama runner process has terminated: signal: killed", ProviderProblem.PROVIDER_FAILED),
                ollama(
                        503,
                        "server busy, please try again.  maximum pending requests exceeded",
                        ProviderProblem.PROVIDER_FAILED),
                new Fault("another server", 404, "404 page not found", ProviderProblem.PROVIDER_FAILED));
    }

    private static Fault ollama(int status, String message, ProviderProblem problem) {
        return new Fault(message, status, "{\"error\": %s}".formatted(quoted(message)), problem);
    }
}
