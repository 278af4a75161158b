package dev.polyphony.platform.errors;

import dev.polyphony.shared.Rejection.Parameter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The error bodies of the documented APIs, one for each base path, and RFC 9457 for those who ask for it. */
sealed interface ErrorBody {
    /** What OpenAI calls a budget that is used up. */
    String NO_QUOTA = "insufficient_quota";

    /** {@code /api/v1}: AMAS and GoAgents at once. */
    record Amas(boolean success, AmasError error, Instant timestamp) implements ErrorBody {}

    record AmasError(String code, String message, @Nullable Parameter details, String requestId, Instant timestamp) {}

    /** {@code /v1}: AIVillage. */
    record AiVillage(
            boolean success,
            String errorCode,
            String message,
            @Nullable Parameter details,
            Instant timestamp,
            String requestId,
            String documentation)
            implements ErrorBody {}

    /** {@code /}: StateSet. */
    record StateSet(String error, String message, @Nullable FieldError details, Instant timestamp, String requestId)
            implements ErrorBody {}

    record FieldError(String field, @Nullable String provided, String reason) {}

    /** {@code /openai/v1}: OpenAI. */
    record OpenAi(OpenAiError error) implements ErrorBody {}

    record OpenAiError(
            String message, String type, @Nullable String param, String code) {
        static OpenAiError of(Fault fault) {
            Parameter parameter = fault.parameter();
            return new OpenAiError(
                    fault.message(),
                    openAiType(fault),
                    parameter == null ? null : parameter.parameter(),
                    openAiCode(fault));
        }
    }

    /** {@code /ollama/api}: Ollama. */
    record Ollama(String error) implements ErrorBody {}

    /** RFC 9457. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Rfc9457(
            URI type,
            String title,
            int status,
            String detail,
            String code,
            @Nullable Parameter parameter,
            String requestId,
            Instant timestamp)
            implements ErrorBody {}

    static ErrorBody of(Fault fault, String path, String requestId, Instant now) {
        if (path.startsWith("/api/v1/")) {
            String code = fault.code() == null ? amasCode(fault) : fault.code();
            return new Amas(false, new AmasError(code, fault.message(), fault.parameter(), requestId, now), now);
        }
        if (path.startsWith("/v1/")) {
            String code = fault.code() == null ? aiVillageCode(fault.status()) : fault.code();
            String documentation = "/docs#" + code;
            return new AiVillage(false, code, fault.message(), fault.parameter(), now, requestId, documentation);
        }
        if (path.startsWith("/openai/")) {
            return new OpenAi(OpenAiError.of(fault));
        }
        if (path.startsWith("/ollama/")) {
            return new Ollama(fault.message());
        }
        Parameter parameter = fault.parameter();
        FieldError details = parameter == null
                ? null
                : new FieldError(parameter.parameter(), parameter.provided(), "expected " + parameter.expected());
        return new StateSet(stateSetType(fault.status()), fault.message(), details, now, requestId);
    }

    static ErrorBody problem(Fault fault, String requestId, Instant now) {
        String code = fault.code() == null ? amasCode(fault) : fault.code();
        return new Rfc9457(
                URI.create(
                        "urn:polyphony:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-')),
                fault.status().getReasonPhrase(),
                fault.status().value(),
                fault.message(),
                code,
                fault.parameter(),
                requestId,
                now);
    }

    private static String amasCode(Fault fault) {
        return switch (fault.status()) {
            case BAD_REQUEST -> fault.parameter() == null ? "INVALID_REQUEST" : "INVALID_PARAMETER";
            case INTERNAL_SERVER_ERROR -> "INTERNAL_ERROR";
            case TOO_MANY_REQUESTS -> "RATE_LIMITED";
            default -> fault.status().name();
        };
    }

    private static String aiVillageCode(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "VALIDATION_ERROR";
            case UNAUTHORIZED -> "AUTHENTICATION_REQUIRED";
            case FORBIDDEN -> "INSUFFICIENT_PERMISSIONS";
            case NOT_FOUND -> "RESOURCE_NOT_FOUND";
            case TOO_MANY_REQUESTS -> "RATE_LIMIT_EXCEEDED";
            case INTERNAL_SERVER_ERROR -> "INTERNAL_ERROR";
            default -> status.name();
        };
    }

    private static String stateSetType(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "ValidationError";
            case TOO_MANY_REQUESTS -> "RateLimitError";
            case INTERNAL_SERVER_ERROR -> "InternalError";
            default -> status.getReasonPhrase().replaceAll("[^A-Za-z]", "") + "Error";
        };
    }

    private static String openAiType(Fault fault) {
        return switch (fault.status()) {
            case FORBIDDEN -> "permission_error";
            case TOO_MANY_REQUESTS -> openAiCode(fault).equals(NO_QUOTA) ? NO_QUOTA : "rate_limit_error";
            default -> fault.status().is5xxServerError() ? "server_error" : "invalid_request_error";
        };
    }

    /** Clients look for some of OpenAI's own codes and shorten the conversation, say, when they find one. */
    private static String openAiCode(Fault fault) {
        String code = fault.code();
        if (code == null) {
            return fault.status() == HttpStatus.UNAUTHORIZED
                    ? "invalid_api_key"
                    : amasCode(fault).toLowerCase(Locale.ROOT);
        }
        return switch (code) {
            case "CONTEXT_WINDOW_EXCEEDED" -> "context_length_exceeded";
            case "BUDGET_EXHAUSTED" -> NO_QUOTA;
            default -> code.toLowerCase(Locale.ROOT);
        };
    }
}
