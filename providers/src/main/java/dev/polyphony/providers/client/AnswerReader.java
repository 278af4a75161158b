package dev.polyphony.providers.client;

import tools.jackson.databind.JsonNode;

/** Reads a vendor's answer event by event; a whole reply is a single one. One reader for each call. */
public interface AnswerReader {
    /** What an event was. */
    enum Step {
        /** No part of a reply. */
        NONE,
        /** A part of a reply; whether it told anything, {@link #progress} says. */
        PART,
        /** The last one; nothing behind it is read. */
        END
    }

    /**
     * @param name of the event; empty where it has none
     * @param event a JSON object; a missing node for {@code [DONE]}
     * @throws CallFailure when the vendor refuses the content or broke off
     */
    Step read(String name, JsonNode event);

    /** Grows with every event that told something: signs of life and empty parts do not count. */
    long progress();

    /** Whether the vendor said that the reply is whole. */
    boolean isFinished();
}
