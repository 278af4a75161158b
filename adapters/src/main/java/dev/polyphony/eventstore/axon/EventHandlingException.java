package dev.polyphony.eventstore.axon;

/**
 * The handlers of an event failed, or what those of a whole batch had to write; which of its events is to blame for that, nobody knows.
 * Tells where, so that the guilty can be put aside.
 */
public final class EventHandlingException extends RuntimeException {
    private final int segment;
    private final long first;
    private final long last;

    EventHandlingException(int segment, long first, long last, Throwable cause) {
        super("could not handle what is at position %s: %s".formatted(places(first, last), cause), cause, false, false);
        this.segment = segment;
        this.first = first;
        this.last = last;
    }

    private static String places(long first, long last) {
        return first == last ? String.valueOf(first) : first + " to " + last;
    }

    public int segment() {
        return segment;
    }

    /** Of the last event that may be to blame. */
    public long position() {
        return last;
    }

    public boolean mayBlame(long position) {
        return first <= position && position <= last;
    }

    /** Whether the event may be innocent, so that it is to be tried until it works. */
    public boolean isTransient() {
        return TransientFailure.isCauseOf(this);
    }
}
