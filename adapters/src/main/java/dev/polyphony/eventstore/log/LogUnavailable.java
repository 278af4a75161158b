package dev.polyphony.eventstore.log;

/** The history could not take what it was given, because the database does not answer or too many others wait. */
public final class LogUnavailable extends RuntimeException {
    private final boolean nothingWritten;

    private LogUnavailable(String message, boolean nothingWritten) {
        super(message);
        this.nothingWritten = nothingWritten;
    }

    static LogUnavailable nothingWritten() {
        return new LogUnavailable(
                "The history does not take events just now, and has taken none of these. Try again.", true);
    }

    static LogUnavailable full(int waiting) {
        return new LogUnavailable(
                "The history has taken none of these events: " + waiting
                        + " changes wait to be written already. Try again.",
                true);
    }

    static LogUnavailable unknown() {
        return new LogUnavailable(
                "The database went away while the history was written. Look whether it has taken these events before"
                        + " you try again.",
                false);
    }

    /** False when it cannot be said whether the events are stored. */
    public boolean isNothingWritten() {
        return nothingWritten;
    }
}
