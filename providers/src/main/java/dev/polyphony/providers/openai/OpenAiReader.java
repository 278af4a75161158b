package dev.polyphony.providers.openai;

import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.client.AnswerReader;
import dev.polyphony.providers.client.CallFailure;
import dev.polyphony.providers.reply.Json;
import dev.polyphony.providers.reply.ReplyDraft;
import dev.polyphony.providers.reply.ToolCallFragment;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads chat completions and their chunks. A stream is whole when it says why the model stopped, or {@code [DONE]}. */
final class OpenAiReader implements AnswerReader {
    private static final List<String> THOUGHTS =
            List.of("reasoning_content", "reasoning", "reasoning_details", "thinking");

    private final ReplyDraft draft;
    private boolean inPieces;
    private boolean done;

    OpenAiReader(ReplyDraft draft) {
        this.draft = draft;
    }

    @Override
    public long progress() {
        return draft.progress();
    }

    @Override
    public boolean isFinished() {
        return done || draft.isFinished();
    }

    @Override
    public Step read(String name, JsonNode json) {
        if (json.isMissingNode()) {
            done = true;
            return Step.END;
        }
        if (!json.path("choices").isArray() && !json.path("choices").isObject()) {
            return Step.NONE;
        }
        draft.model(json.path("model"));
        usage(json.path("usage"));
        for (JsonNode choice : Json.each(json.path("choices"))) {
            if (choice.path("index").asInt(0) == 0) {
                read(choice);
            }
        }
        return Step.PART;
    }

    /** Some repeat the whole message beside each of its pieces. Kimi counts tokens here. */
    private void read(JsonNode choice) {
        usage(choice.path("usage"));
        JsonNode delta = choice.path("delta");
        JsonNode message = choice.path("message");
        inPieces |= delta.isObject();
        if (delta.isObject()) {
            said(delta);
        } else if (message.isObject() && !inPieces) {
            said(message);
            done = true;
        }
        finish(Json.text(choice.path("finish_reason")));
    }

    private void said(JsonNode said) {
        JsonNode content = said.path("content");
        refuse(said.path("refusal"));
        for (JsonNode part : Json.each(content)) {
            refuse(part.path("refusal"));
            draft.thought(part.path("thinking"));
        }
        draft.text(content);
        THOUGHTS.forEach(field -> draft.thought(said.path(field)));
        Json.each(said.path("tool_calls")).forEach(this::call);
        Json.each(said.path("function_call")).forEach(this::call);
    }

    private static void refuse(JsonNode refusal) {
        if (!Json.text(refusal).isBlank()) {
            throw new CallFailure(ProviderProblem.CONTENT_REFUSED, refusal.stringValue());
        }
    }

    private void call(JsonNode call) {
        JsonNode function = call.path("function").isObject() ? call.path("function") : call;
        draft.toolCall(ToolCallFragment.of(
                call.path("index"), call.path("id"), function.path("name"), function.path("arguments")));
    }

    /** While the model has not stopped, some say so by null and others by an empty text. Mistral and some servers say "length" otherwise. */
    private void finish(String reason) {
        switch (reason) {
            case "" -> {}
            case "stop" -> draft.finish(FinishReason.STOP);
            case "length", "model_length", "max_tokens" -> draft.finish(FinishReason.LENGTH);
            case "content_filter" ->
                throw new CallFailure(ProviderProblem.CONTENT_REFUSED, "its content filter stopped the reply");
            case "error", "insufficient_system_resource" ->
                throw new CallFailure(
                        ProviderProblem.PROVIDER_FAILED,
                        "it broke the reply off (finish_reason: %s)".formatted(reason));
            default -> draft.finish(FinishReason.OTHER);
        }
    }

    /** xAI counts what a model thought beside what it wrote, all others within. */
    private void usage(JsonNode usage) {
        if (!usage.isObject()) {
            return;
        }
        int read = Json.count(usage.path("prompt_tokens"));
        int written = Json.count(usage.path("completion_tokens"));
        int thought = Math.max(Json.count(usage.at("/completion_tokens_details/reasoning_tokens")), 0);
        boolean beside = Json.count(usage.path("total_tokens")) == read + Math.max(written, 0) + thought;
        draft.usage(read, beside ? Math.max(written, 0) + thought : written);
    }
}
