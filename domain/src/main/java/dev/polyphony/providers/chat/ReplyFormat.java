package dev.polyphony.providers.chat;

/** What form a reply must have. */
public sealed interface ReplyFormat {
    /** Any text. */
    ReplyFormat TEXT = new Text();

    record Text() implements ReplyFormat {}

    /**
     * One JSON value that is valid by a schema, and nothing around it. A reply that is not is repaired once or refused.
     *
     * @param name what the value is, in 1 to 64 of {@code a-z A-Z 0-9 _ -}
     * @param schema JSON Schema (draft 2020-12 unless it says otherwise) as JSON text; it may refer to itself only
     */
    record Json(String name, String schema) implements ReplyFormat {}
}
