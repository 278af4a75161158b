package dev.polyphony.platform.errors;

import dev.polyphony.shared.Rejection.Parameter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code /api/v1}: AMAS and GoAgents at once. */
@Component
final class AmasDialect implements ApiDialect {
    record Body(boolean success, Details error, Instant timestamp) {}

    record Details(String code, String message, @Nullable Parameter details, String requestId, Instant timestamp) {}

    @Override
    public String basePath() {
        return "/api/v1/";
    }

    @Override
    public Object body(ApiError error, String requestId, Instant now) {
        Details details = new Details(error.codeOrStatus(), error.message(), error.parameter(), requestId, now);
        return new Body(false, details, now);
    }
}
