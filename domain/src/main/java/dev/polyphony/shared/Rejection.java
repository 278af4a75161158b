package dev.polyphony.shared;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request was understood and refused. Not a bug: it carries no stack trace. */
public class Rejection extends RuntimeException {
    private final transient Problem problem;
    private final transient @Nullable Parameter parameter;

    /**
     * An input that was wrong.
     *
     * @param parameter the name of the parameter or field
     * @param provided what it held; null when it was missing or too long to show
     * @param expected what would be right
     */
    public record Parameter(String parameter, @Nullable String provided, String expected) {}

    protected Rejection(Problem problem, String sentence) {
        this(problem, sentence, null);
    }

    private Rejection(Problem problem, String sentence, @Nullable Parameter parameter) {
        super(sentence, null, false, false);
        this.problem = problem;
        this.parameter = parameter;
    }

    /** The same refusal, naming the input that caused it. */
    public Rejection about(String name, @Nullable String provided, String expected) {
        return new Rejection(problem, String.valueOf(getMessage()), new Parameter(name, provided, expected));
    }

    public Problem problem() {
        return problem;
    }

    public @Nullable Parameter parameter() {
        return parameter;
    }

    /** What a program may want to know of it, in place of {@link #parameter()}; null when the parameter says it all. */
    public @Nullable Record details() {
        return null;
    }

    /** The HTTP status with which another server refused the same, where callers are to have it too; null elsewhere. */
    public @Nullable Integer passedOnStatus() {
        return null;
    }

    /** When it is worth trying again; null when that is not known. */
    public @Nullable Duration retryAfter() {
        return null;
    }
}
