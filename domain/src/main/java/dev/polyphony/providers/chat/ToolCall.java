package dev.polyphony.providers.chat;

/**
 * A model's wish to have a tool called.
 *
 * @param id unique within the conversation; minted by us where the vendor gives none
 * @param tool the tool's name, as the model wrote it: it need not be one that was offered
 * @param arguments a JSON object as the model wrote it: it need not follow the tool's schema
 */
public record ToolCall(String id, String tool, String arguments) {
    /** How many characters the model wrote for it. */
    public int length() {
        return tool.length() + arguments.length();
    }
}
