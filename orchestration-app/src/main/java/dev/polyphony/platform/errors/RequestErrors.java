package dev.polyphony.platform.errors;

import dev.polyphony.platform.web.JsonConfig;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says what is wrong with a request body, where, and what would be right. */
final class RequestErrors {
    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

    private RequestErrors() {}

    static ApiError error(HttpMessageNotReadableException unreadable) {
        ApiError refused = unreadable.getCause() == null ? null : UnreadableRequest.of(unreadable.getCause());
        if (refused != null) {
            return refused;
        }
        return switch (unreadable.getCause()) {
            case InputCoercionException outOfRange when !outOfRange.getPath().isEmpty() -> outOfRange(outOfRange);
            case StreamReadException malformed -> malformed(malformed);
            case StreamConstraintsException _ -> tooLarge();
            case UnrecognizedPropertyException unknown -> unknown(unknown);
            case MismatchedInputException mismatch when !mismatch.getPath().isEmpty() -> mismatched(mismatch);
            case ValueInstantiationException refusedValue
            when refusedValue.getCause() instanceof IllegalArgumentException reason ->
                ApiError.invalid(
                        path(refusedValue),
                        null,
                        "'%s' is refused: %s.".formatted(path(refusedValue), reason.getMessage()),
                        String.valueOf(reason.getMessage()));
            case MismatchedInputException _ ->
                ApiError.of(
                        HttpStatus.BAD_REQUEST, "The request body must be a JSON object with the documented fields.");
            case null, default ->
                ApiError.of(
                        HttpStatus.BAD_REQUEST, "The request needs a body: a JSON object with the documented fields.");
        };
    }

    private static ApiError unknown(UnrecognizedPropertyException unknown) {
        List<String> known = unknown.getKnownPropertyIds().stream()
                .map(String::valueOf)
                .sorted()
                .toList();
        return ApiError.invalid(
                path(unknown),
                null,
                NearestName.sentence("field", unknown.getPropertyName(), known),
                String.join(", ", known));
    }

    private static ApiError malformed(StreamReadException malformed) {
        TokenStreamLocation at = malformed.getLocation();
        return ApiError.of(
                HttpStatus.BAD_REQUEST,
                "The request body is not JSON: line " + at.getLineNr() + ", column " + at.getColumnNr() + ": "
                        + malformed.getOriginalMessage());
    }

    private static ApiError tooLarge() {
        return ApiError.of(
                HttpStatus.CONTENT_TOO_LARGE,
                "The request body is more than is read here: at most %d bytes, %d characters in one text, %d levels, %d names and values."
                        .formatted(
                                JsonConfig.MAX_DOCUMENT,
                                JsonConfig.MAX_STRING,
                                JsonConfig.MAX_DEPTH,
                                JsonConfig.MAX_TOKENS));
    }

    private static ApiError outOfRange(InputCoercionException outOfRange) {
        return ApiError.invalid(
                path(outOfRange), "a number beyond 32 or 64 bits", "a number within its documented limits");
    }

    private static ApiError mismatched(MismatchedInputException mismatch) {
        String field = path(mismatch);
        Class<?> type = mismatch.getTargetType();
        return ApiError.invalid(field, "a value of another type", type == null ? "another type" : nameOf(type));
    }

    private static String path(JacksonException failure) {
        return failure.getPath().stream().map(RequestErrors::name).collect(Collectors.joining("."));
    }

    private static String name(JacksonException.Reference step) {
        return step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName();
    }

    static ApiError error(MethodArgumentNotValidException invalid) {
        FieldError error = invalid.getBindingResult().getFieldError();
        if (error == null) {
            return ApiError.of(HttpStatus.BAD_REQUEST, "The request body does not fit.");
        }
        Object provided = error.getRejectedValue();
        String expected = error.isBindingFailure() ? typeOf(invalid, error) : error.getDefaultMessage();
        return ApiError.invalid(
                SNAKE_CASE.nameForField(null, null, error.getField()),
                provided == null ? null : abbreviate(String.valueOf(provided)),
                String.valueOf(expected));
    }

    private static String typeOf(MethodArgumentNotValidException invalid, FieldError error) {
        Class<?> type = invalid.getBindingResult().getFieldType(error.getField());
        return type == null ? "a value of the documented type" : nameOf(type);
    }

    /** What a JSON author calls the type. */
    static String nameOf(Class<?> type) {
        if (type == String.class) {
            return "a string";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == Instant.class) {
            return "an ISO 8601 time such as 2026-01-31T12:00:00Z, of the years 1 to 9999";
        }
        if (type == UUID.class) {
            return "an id of the form 123e4567-e89b-12d3-a456-426614174000";
        }
        if (type == URI.class) {
            return "a URL";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" or "));
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number";
        }
        return Iterable.class.isAssignableFrom(type) || type.isArray() ? "an array" : "an object";
    }

    private static String abbreviate(String value) {
        return value.length() <= 100 ? value : value.substring(0, 100) + "…";
    }
}
