package dev.polyphony.conversations.gateway;

import dev.polyphony.shared.Problem;
import dev.polyphony.shared.Rejection;
import org.jspecify.annotations.Nullable;

/** Why a request is refused before any model is asked. */
public enum RequestProblem implements Problem {
    /** A parameter is missing or wrong. */
    INVALID_VALUE(Kind.INVALID),
    /** A parameter that no provider is handed, so that it would have no effect. */
    UNSUPPORTED_PARAMETER(Kind.INVALID),
    /** No model of that name is served here. */
    MODEL_NOT_FOUND(Kind.NOT_FOUND),
    /** Models are the operator's configuration; clients cannot change them. */
    MODELS_NOT_MANAGED(Kind.UNSUPPORTED);

    private final Kind kind;

    RequestProblem(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    public static Rejection invalid(String parameter, @Nullable String provided, String expected) {
        String message = provided == null
                ? "'%s' is required: %s.".formatted(parameter, expected)
                : "'%s' must be %s, not %s.".formatted(parameter, expected, provided);
        return INVALID_VALUE.because(message).about(parameter, provided, expected);
    }

    public static Rejection unsupported(String parameter, String provided, String expected) {
        return UNSUPPORTED_PARAMETER
                .because("'%s' is not supported here beyond %s.".formatted(parameter, expected))
                .about(parameter, provided, expected);
    }
}
