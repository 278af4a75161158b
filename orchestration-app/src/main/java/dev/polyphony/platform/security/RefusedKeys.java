package dev.polyphony.platform.security;

import dev.polyphony.platform.errors.ErrorResponder;
import dev.polyphony.platform.errors.SampledLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;

/** Answers requests without a valid key. Those with a wrong one are logged, so that somebody who guesses keys is noticed. */
@Component
final class RefusedKeys implements AuthenticationEntryPoint {
    private static final SampledLog LOG = new SampledLog(LoggerFactory.getLogger(RefusedKeys.class));

    private final ErrorResponder errors;
    private final Counter missing;
    private final Counter wrong;

    RefusedKeys(ErrorResponder errors, MeterRegistry meters) {
        this.errors = errors;
        this.missing = counter("missing", meters);
        this.wrong = counter("wrong", meters);
    }

    private static Counter counter(String reason, MeterRegistry meters) {
        return Counter.builder("polyphony.authentication.failures")
                .description("Requests that were refused because their key was missing or wrong")
                .tag("reason", reason)
                .register(meters);
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        if (reason instanceof OAuth2AuthenticationException) {
            wrong.increment();
            LOG.warn(
                    "A wrong API key was sent from {} for {} {}",
                    request.getRemoteAddr(),
                    request.getMethod(),
                    request.getRequestURI());
        } else {
            missing.increment();
        }
        errors.unauthenticated(request, response, reason);
    }
}
