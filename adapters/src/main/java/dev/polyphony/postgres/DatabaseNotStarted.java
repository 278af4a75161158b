package dev.polyphony.postgres;

import org.jspecify.annotations.Nullable;

/** The embedded database cannot be used. The message is for the person who started the server. */
public class DatabaseNotStarted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String remedy;

    /**
     * @param what is wrong, without a full stop
     * @param remedy what to do, as one sentence or more
     */
    DatabaseNotStarted(String what, String remedy, @Nullable Throwable cause) {
        super(what + ": " + remedy, cause);
        this.what = what;
        this.remedy = remedy;
    }

    public String what() {
        return what;
    }

    public String remedy() {
        return remedy;
    }
}
