package dev.polyphony.providers.chat;

/** Whether a model must, may or may not call tools. */
public sealed interface ToolChoice {
    /** Without naming a tool. */
    enum Free implements ToolChoice {
        /** The model decides. */
        AUTO,
        /** No tool is called. */
        NONE,
        /** At least one tool is called. */
        REQUIRED
    }

    /** This tool is called. */
    record Named(String tool) implements ToolChoice {}
}
