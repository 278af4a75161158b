package dev.polyphony.eventstore.log;

/** The history could not take what it was given, because the database does not answer. */
public final class LogUnavailable extends RuntimeException {
    private final boolean nothingWritten;

    private LogUnavailable(String message, boolean nothingWritten) {
        super(message);
        this.nothingWritten = nothingWritten;
    }

    static LogUnavailable nothingWritten() {
        return new LogUnavailable("The history does not take events just now; nothing was written.", true);
    }

    static LogUnavailable unknown() {
        return new LogUnavailable(
                "The database went away while it was writing; whether it has written is not known yet.", false);
    }

    /** False when it cannot be said whether the events are stored. */
    public boolean isNothingWritten() {
        return nothingWritten;
    }
}
