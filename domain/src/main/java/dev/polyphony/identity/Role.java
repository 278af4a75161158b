package dev.polyphony.identity;

/** What a caller may do; each role may also do what the one before it may. */
public enum Role {
    /** Uses agents and workflows. */
    USER,
    /** Trains models. */
    TRAINER,
    /** Operates the server and reads the history. */
    ADMIN
}
