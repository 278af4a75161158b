package dev.polyphony.audit.projections;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that a projection has put aside. The event itself stays where it is, in the history.
 *
 * @param position of the event; identifies the dead letter within its projection
 * @param eventId of the event
 * @param type the event's name, such as {@code workflow.started}
 * @param sequence what the event happened to; dead letters of one sequence are handled in order or not at all
 * @param tries how often the projection has tried; 0 when it has not, because it waits behind an earlier one
 * @param cause why the last try failed, without the values of any row; null when there was none
 * @param parkedAt when it was put aside
 * @param triedAt when the projection tried last; null when it has not
 */
public record DeadLetter(
        long position,
        String eventId,
        String type,
        String sequence,
        int tries,
        @Nullable String cause,
        Instant parkedAt,
        @Nullable Instant triedAt) {}
