package dev.polyphony.eventstore.log;

/** A row of the history holds what no event can, such as a time without end: somebody else has written it. */
public final class UnreadableEvent extends RuntimeException {
    private final long position;

    UnreadableEvent(long position, Throwable cause) {
        super("event " + position + " is not what was written: it cannot even be read", cause);
        this.position = position;
    }

    public long position() {
        return position;
    }
}
