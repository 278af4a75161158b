package dev.polyphony.providers.reply;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A part of a tool call as it came.
 *
 * @param index the place of the call among the reply's calls; null where the vendor has none
 * @param id empty where the vendor leaves it out or gave it before
 * @param tool the tool's name; empty as above
 * @param arguments a part of the text of the arguments, or all of them as an object
 */
public record ToolCallFragment(@Nullable Integer index, String id, String tool, JsonNode arguments) {
    /** @param index a number, a number as a text, or nothing */
    public static ToolCallFragment of(JsonNode index, JsonNode id, JsonNode tool, JsonNode arguments) {
        return new ToolCallFragment(
                place(index), id.isNumber() ? id.asString() : Json.text(id), Json.text(tool), arguments);
    }

    private static @Nullable Integer place(JsonNode index) {
        boolean said = index.isIntegralNumber() || Json.text(index).matches("\\d{1,9}");
        return said ? Integer.valueOf(index.asInt(0)) : null;
    }

    /** The arguments as text; an empty object only announces them. */
    String text() {
        return arguments.isContainer() ? (arguments.isEmpty() ? "" : arguments.toString()) : Json.text(arguments);
    }
}
