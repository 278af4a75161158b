package dev.polyphony.providers;

import java.util.regex.Pattern;

/**
 * A piece of context that a reply may cite.
 *
 * @param id short and unique within the request, such as {@code F12}; a reply cites it as {@code [F12]}
 * @param text one or a few sentences
 */
public record ContextChunk(String id, String text) {
    private static final Pattern LINE_BREAKS = Pattern.compile("[\\n\\r\\f\\x0B\\x85\\u2028\\u2029]+");

    /** How a reply cites this passage: {@code [F12]}. */
    public String citation() {
        return "[" + id + "]";
    }

    /** The passage on one line behind its citation, so that a text cannot pose as another passage. */
    public String line() {
        return citation() + " " + LINE_BREAKS.matcher(text.strip()).replaceAll(" ");
    }
}
