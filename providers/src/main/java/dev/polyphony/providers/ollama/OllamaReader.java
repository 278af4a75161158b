package dev.polyphony.providers.ollama;

import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.client.AnswerReader;
import dev.polyphony.providers.reply.Json;
import dev.polyphony.providers.reply.ReplyDraft;
import dev.polyphony.providers.reply.ToolCallFragment;
import tools.jackson.databind.JsonNode;

/** Reads chats, which have the same form whole and in lines. The last line says {@code "done": true}. */
final class OllamaReader implements AnswerReader {
    private final ReplyDraft draft;
    private boolean done;

    OllamaReader(ReplyDraft draft) {
        this.draft = draft;
    }

    @Override
    public long progress() {
        return draft.progress();
    }

    @Override
    public boolean isFinished() {
        return done;
    }

    @Override
    public Step read(String name, JsonNode json) {
        JsonNode message = json.path("message");
        if (!message.isObject() && !json.path("done").isBoolean()) {
            return Step.NONE;
        }
        draft.model(json.path("model"));
        draft.usage(Json.count(json.path("prompt_eval_count")), Json.count(json.path("eval_count")));
        draft.text(message.path("content"));
        draft.thought(message.path("thinking"));
        Json.each(message.path("tool_calls")).forEach(this::call);
        done = json.path("done").asBoolean(false);
        if (done) {
            finish(Json.text(json.path("done_reason")));
        }
        return done ? Step.END : Step.PART;
    }

    /** Arguments that are an object are all of them; older servers give such calls no place, others the same one. */
    private void call(JsonNode call) {
        JsonNode function = call.path("function").isObject() ? call.path("function") : call;
        JsonNode index = function.has("index") ? function.path("index") : call.path("index");
        JsonNode arguments = function.path("arguments");
        ToolCallFragment fragment = ToolCallFragment.of(index, call.path("id"), function.path("name"), arguments);
        if (arguments.isObject() && !fragment.tool().isEmpty()) {
            draft.wholeToolCall(fragment);
        } else {
            draft.toolCall(fragment);
        }
    }

    private void finish(String reason) {
        draft.finish(
                switch (reason) {
                    case "stop" -> FinishReason.STOP;
                    case "length" -> FinishReason.LENGTH;
                    default -> FinishReason.OTHER;
                });
    }
}
