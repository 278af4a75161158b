package dev.polyphony.providers.reply;

import dev.polyphony.providers.chat.ToolCall;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tool call whose parts are still coming. */
final class ToolCallDraft {
    private final String id;
    private @Nullable Integer index;
    private String tool = "";
    private final StringBuilder arguments = new StringBuilder();

    ToolCallDraft(ToolCallFragment first) {
        this.id = first.id();
        this.index = first.index();
    }

    void add(ToolCallFragment fragment) {
        index = index == null ? fragment.index() : index;
        if (tool.isEmpty() || (!id.isEmpty() && fragment.id().isEmpty() && arguments.isEmpty())) {
            tool += fragment.tool();
        }
        arguments.append(fragment.text());
    }

    boolean hasId(String other) {
        return id.equals(other);
    }

    boolean isAt(@Nullable Integer place) {
        return index != null && index.equals(place);
    }

    boolean hasPlace() {
        return index != null;
    }

    /**
     * Whether this fragment cannot belong to this call: it names a tool although the arguments are complete, or another tool where
     * nothing tells that the name came in parts.
     */
    boolean isOver(ToolCallFragment fragment) {
        if (fragment.tool().isEmpty() || tool.isEmpty()) {
            return false;
        }
        boolean restOfTheName = !id.isEmpty() && index != null && fragment.index() != null && arguments.isEmpty();
        boolean other = fragment.id().isEmpty() && !fragment.tool().equals(tool) && !restOfTheName;
        return other || (isComplete() && !fragment.text().isEmpty());
    }

    /** Whether the arguments are JSON, or there are none. An object it should be; what the model made of it is the caller's matter. */
    boolean isComplete() {
        return Json.isValid(arguments());
    }

    /** Announced and nothing more. */
    boolean isNothing() {
        return tool.isBlank() && arguments.toString().isBlank();
    }

    String tool() {
        return tool;
    }

    /** Some write the arguments as a text within a text, and null or nothing for none. */
    private String arguments() {
        String text = Json.unquoted(arguments.toString()).strip();
        return text.isEmpty() || text.equals("null") ? "{}" : text;
    }

    ToolCall call() {
        String given = id.isBlank() ? "call_" + UUID.randomUUID().toString().replace("-", "") : id;
        return new ToolCall(TextPieces.whole(given), TextPieces.whole(tool), TextPieces.whole(arguments()));
    }
}
