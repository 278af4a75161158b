package dev.polyphony.conversations.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polyphony.platform.errors.ApiDialect;
import dev.polyphony.platform.errors.ApiError;
import dev.polyphony.providers.PromptInjection;
import dev.polyphony.shared.Rejection.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Errors in OpenAI's form. */
@Component
final class OpenAiDialect implements ApiDialect {
    /** What OpenAI calls a budget that is used up. */
    private static final String NO_QUOTA = "insufficient_quota";

    /**
     * An error in OpenAI's form.
     *
     * @param error what went wrong
     */
    record OpenAiErrorReply(OpenAiError error) {}

    /**
     * What went wrong.
     *
     * @param message in a sentence
     * @param type the kind of error, such as {@code invalid_request_error}
     * @param param the parameter that was wrong; null when none was
     * @param code the published code, such as {@code model_not_found}
     * @param details other facts, such as the patterns of a prompt injection; absent when there are none
     */
    record OpenAiError(
            String message,
            String type,
            @Nullable String param,
            String code,

            @Schema(implementation = Object.class) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Record details) {}

    @Override
    public String basePath() {
        return "/openai/";
    }

    @Override
    public Object body(ApiError error, String requestId, Instant now) {
        return new OpenAiErrorReply(error(error));
    }

    static OpenAiError error(ApiError error) {
        String code = code(error);
        return new OpenAiError(error.message(), type(error.status(), code), param(error), code, error.more());
    }

    private static @Nullable String param(ApiError error) {
        if (error.more() instanceof PromptInjection.Evidence(String field, var _)) {
            return field;
        }
        Parameter parameter = error.parameter();
        return parameter == null ? null : parameter.parameter();
    }

    private static String type(HttpStatus status, String code) {
        return switch (status) {
            case FORBIDDEN -> "permission_error";
            case TOO_MANY_REQUESTS -> code.equals(NO_QUOTA) ? NO_QUOTA : "rate_limit_error";
            default -> status.is5xxServerError() ? "server_error" : "invalid_request_error";
        };
    }

    /** Clients look for some of OpenAI's own codes and shorten the conversation, say, when they find one. */
    private static String code(ApiError error) {
        if (error.code() == null && error.status() == HttpStatus.UNAUTHORIZED) {
            return "invalid_api_key";
        }
        String code = error.codeOrStatus();
        return switch (code) {
            case "CONTEXT_WINDOW_EXCEEDED" -> "context_length_exceeded";
            case "BUDGET_EXHAUSTED" -> NO_QUOTA;
            default -> code.toLowerCase(Locale.ROOT);
        };
    }
}
