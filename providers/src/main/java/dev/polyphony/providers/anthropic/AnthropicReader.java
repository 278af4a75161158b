package dev.polyphony.providers.anthropic;

import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.client.AnswerReader;
import dev.polyphony.providers.client.CallFailure;
import dev.polyphony.providers.reply.Json;
import dev.polyphony.providers.reply.ReplyDraft;
import dev.polyphony.providers.reply.ToolCallFragment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads messages and the events of their streams. A stream is whole when {@code message_stop} has come. */
final class AnthropicReader implements AnswerReader {
    private final ReplyDraft draft;
    private boolean finished;

    AnthropicReader(ReplyDraft draft) {
        this.draft = draft;
    }

    @Override
    public long progress() {
        return draft.progress();
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public Step read(String name, JsonNode json) {
        String type = json.path("type").asString(name);
        switch (type) {
            case "message" -> {
                message(json);
                stop(json);
                finished = true;
            }
            case "message_start" -> message(json.path("message"));
            case "content_block_start" -> block(json.path("index"), json.path("content_block"));
            case "content_block_delta" -> delta(json.path("index"), json.path("delta"));
            case "content_block_stop" -> {}
            case "message_delta" -> {
                stop(json.path("delta"));
                usage(json.path("usage"));
            }
            case "message_stop" -> finished = true;
            default -> {
                return Step.NONE;
            }
        }
        return type.equals("message_stop") ? Step.END : Step.PART;
    }

    private void message(JsonNode message) {
        draft.model(message.path("model"));
        usage(message.path("usage"));
        JsonNode content = message.path("content");
        if (content.isString()) {
            draft.text(content);
        }
        for (JsonNode block : Json.each(content)) {
            block(MissingNode.getInstance(), block);
        }
    }

    /** Without a place the block is whole. */
    private void block(JsonNode index, JsonNode block) {
        switch (block.path("type").asString("")) {
            case "text" -> draft.text(block.path("text"));
            case "tool_use" -> {
                ToolCallFragment call =
                        ToolCallFragment.of(index, block.path("id"), block.path("name"), block.path("input"));
                if (call.index() == null) {
                    draft.wholeToolCall(call);
                } else {
                    draft.toolCall(call);
                }
            }
            default -> draft.thought(block.path("thinking"));
        }
    }

    private void delta(JsonNode index, JsonNode delta) {
        JsonNode none = MissingNode.getInstance();
        draft.text(delta.path("text"));
        draft.thought(delta.path("thinking"));
        draft.thought(delta.path("signature"));
        if (delta.has("partial_json")) {
            draft.toolCall(ToolCallFragment.of(index, none, none, delta.path("partial_json")));
        }
    }

    private void stop(JsonNode message) {
        switch (Json.text(message.path("stop_reason"))) {
            case "" -> {}
            case "end_turn", "stop_sequence" -> draft.finish(FinishReason.STOP);
            case "max_tokens", "model_context_window_exceeded" -> draft.finish(FinishReason.LENGTH);
            case "refusal" ->
                throw new CallFailure(
                        ProviderProblem.CONTENT_REFUSED, "the model declined to answer (stop_reason: refusal)");
            default -> draft.finish(FinishReason.OTHER);
        }
    }

    private void usage(JsonNode usage) {
        draft.usage(Json.count(usage.path("input_tokens")), Json.count(usage.path("output_tokens")));
    }
}
