package dev.polyphony.providers;

/** What a provider may or may not be able to do. One that cannot refuses the request rather than pretend. */
public enum Capability {
    /** Calls tools when it wants to. */
    TOOLS,
    /** Can be made to call some tool, or a certain one. */
    TOOL_CHOICE,
    /** Replies in JSON by a schema. */
    JSON,
    /** Takes a seed. */
    SEED,
    /** Takes penalties against repetition. */
    PENALTIES,
    /** Turns texts into vectors. */
    EMBEDDINGS
}
