package dev.polyphony.providers.gemini;

import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.client.AnswerReader;
import dev.polyphony.providers.client.CallFailure;
import dev.polyphony.providers.reply.Json;
import dev.polyphony.providers.reply.ReplyDraft;
import dev.polyphony.providers.reply.ToolCallFragment;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads contents, which have the same form whole and in pieces. There is no last event: a stream just ends behind the reason. */
final class GeminiReader implements AnswerReader {
    /** Those of today and, by their names, those of the future. */
    private static final Pattern REFUSAL = Pattern.compile("SAFETY|PROHIBITED|RECITATION|BLOCK|LANGUAGE|SPII");

    private final ReplyDraft draft;

    GeminiReader(ReplyDraft draft) {
        this.draft = draft;
    }

    @Override
    public long progress() {
        return draft.progress();
    }

    @Override
    public boolean isFinished() {
        return draft.isFinished();
    }

    @Override
    public Step read(String name, JsonNode json) {
        JsonNode blocked = json.path("promptFeedback").path("blockReason");
        if (blocked.isString()) {
            throw new CallFailure(
                    ProviderProblem.CONTENT_REFUSED,
                    "the prompt was blocked (blockReason: %s)".formatted(blocked.stringValue()));
        }
        if (!json.has("candidates") && !json.has("usageMetadata")) {
            return Step.NONE;
        }
        draft.model(json.path("modelVersion"));
        usage(json.path("usageMetadata"));
        for (JsonNode candidate : Json.each(json.path("candidates"))) {
            if (candidate.path("index").asInt(0) == 0) {
                read(candidate);
            }
        }
        return json.has("candidates") ? Step.PART : Step.NONE;
    }

    private void read(JsonNode candidate) {
        JsonNode parts = candidate.path("content").path("parts");
        if (parts.isString()) {
            draft.text(parts);
        }
        Json.each(parts).forEach(this::part);
        finish(Json.text(candidate.path("finishReason")));
    }

    private void part(JsonNode part) {
        if (part.path("thought").asBoolean(false)) {
            draft.thought(part.path("text"));
        } else {
            draft.text(part.path("text"));
        }
        JsonNode call = part.path("functionCall");
        if (call.isObject()) {
            draft.wholeToolCall(ToolCallFragment.of(
                    MissingNode.getInstance(), call.path("id"), call.path("name"), call.path("args")));
        }
    }

    private void finish(String reason) {
        if (REFUSAL.matcher(reason).find()) {
            throw new CallFailure(
                    ProviderProblem.CONTENT_REFUSED, "the reply was stopped (finishReason: %s)".formatted(reason));
        }
        switch (reason) {
            case "" -> {}
            case "STOP" -> draft.finish(FinishReason.STOP);
            case "MAX_TOKENS" -> draft.finish(FinishReason.LENGTH);
            default -> draft.finish(FinishReason.OTHER);
        }
    }

    /** Thoughts are counted beside what was written. */
    private void usage(JsonNode usage) {
        int written = Json.count(usage.path("candidatesTokenCount"));
        int thought = Math.max(Json.count(usage.path("thoughtsTokenCount")), 0);
        draft.usage(
                Json.count(usage.path("promptTokenCount")),
                written < 0 && thought == 0 ? written : Math.max(written, 0) + thought);
    }
}
