package dev.polyphony.postgres;

import org.jspecify.annotations.Nullable;

/** The embedded database cannot be used. The message is one sentence or two for the person who started the server. */
public class DatabaseNotStarted extends RuntimeException {
    DatabaseNotStarted(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
