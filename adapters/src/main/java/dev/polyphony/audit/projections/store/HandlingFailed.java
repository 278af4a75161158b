package dev.polyphony.audit.projections.store;

/** The handlers of an event failed. Tells where, so that the event can be put aside. */
final class HandlingFailed extends RuntimeException {
    private final int segment;
    private final long position;

    HandlingFailed(int segment, long position, Throwable cause) {
        super("could not handle the event at position " + position + ": " + cause, cause, false, false);
        this.segment = segment;
        this.position = position;
    }

    int segment() {
        return segment;
    }

    long position() {
        return position;
    }

    /** Whether the event may be innocent, so that it is to be tried until it works. */
    boolean isTransient() {
        return TransientFailure.isCauseOf(this);
    }
}
