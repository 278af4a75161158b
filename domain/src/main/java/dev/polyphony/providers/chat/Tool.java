package dev.polyphony.providers.chat;

import java.util.regex.Pattern;

/**
 * A tool that a model may ask to call.
 *
 * @param name 1 to 64 of {@code a-z A-Z 0-9 _ -}, which every vendor takes
 * @param description when and for what to call it
 * @param schema the JSON Schema of its arguments, an object, as JSON text
 */
public record Tool(String name, String description, String schema) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    public Tool {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a tool's name is 1 to 64 of a-z, A-Z, 0-9, _ and -, not '" + name + "'");
        }
    }
}
