package dev.polyphony.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a failure means for whoever asked PostgreSQL for something. Each kind lists its five-letter states; a state belongs to
 * the first kind that lists it.
 */
public enum SqlFailure {
    /** There was no connection to ask over: it could not be made, or the pool had none in time. */
    UNREACHABLE("08001|08004|57P03"),

    /**
     * The connection went away before the answer came, so that a commit may have happened: it broke (08), an operator or a
     * crash ended it (57P), somebody in between cannot tell (40003), or the driver says nothing at all.
     */
    LOST("08...|57P..|40003"),

    /**
     * The server has undone it and can do better later: it lacks resources (53), was told to cancel (57), cannot read or write
     * its files (58), is since a failover a standby (25006), or ended a transaction that sat idle (25P03).
     */
    UNABLE("53...|57...|58...|25006|25P03"),

    /** The server has undone it because others work on the same rows: a conflict or deadlock (40), a lock that was not free (55). */
    CONTENDED("40...|55006|55P03"),

    /** The server has undone it because something is there already. */
    DUPLICATE("23505"),

    /** The server has undone it and always will: what was asked for is wrong. */
    REFUSED(".*");

    private final Pattern states;

    SqlFailure(String states) {
        this.states = Pattern.compile(states);
    }

    public static SqlFailure of(SQLException failure) {
        if (failure instanceof SQLTransientConnectionException) {
            return UNREACHABLE;
        }
        String state = failure.getSQLState();
        return state == null ? LOST : of(state);
    }

    private static SqlFailure of(String state) {
        return Stream.of(values())
                .filter(kind -> kind.states.matcher(state).matches())
                .findFirst()
                .orElseThrow();
    }

    /** Whether a failure was caused by one of some kind, however deep it is wrapped. */
    public static boolean isBehind(@Nullable Throwable failure, Predicate<SqlFailure> kind) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException sql && kind.test(of(sql)));
    }

    /** Whether the database is at fault, and not what was asked of it nor anybody else who asks. */
    public boolean isOutage() {
        return this == UNREACHABLE || this == LOST || this == UNABLE;
    }

    /** Whether the same may succeed later. */
    public boolean passes() {
        return isOutage() || this == CONTENDED;
    }

    /** Whether it may have been done all the same. */
    public boolean isInDoubt() {
        return this == LOST;
    }
}
