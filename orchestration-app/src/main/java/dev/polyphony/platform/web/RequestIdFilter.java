package dev.polyphony.platform.web;

import dev.polyphony.shared.secrets.SecretDetector;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every request an id: the caller's {@code X-Request-ID} when it is 1 to 128 of {@code A-Z a-z 0-9 . _ : -} and no key, else
 * a fresh one. It is in the reply, in every log line and, as correlation id, in every event that follows.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class RequestIdFilter extends OncePerRequestFilter {
    public static final String HEADER = "X-Request-ID";
    public static final String MDC_KEY = "request_id";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (var _ = MDC.putCloseable(MDC_KEY, identify(request, response))) {
            chain.doFilter(request, response);
        }
    }

    /** Gives the request its id, unless it has one. */
    public static String identify(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(HEADER) instanceof String known) {
            return known;
        }
        String given = request.getHeader(HEADER);
        String id = given != null && isUsable(given) ? given : "req-" + UUID.randomUUID();
        request.setAttribute(HEADER, id);
        response.setHeader(HEADER, id);
        return id;
    }

    /** What has the form of a key would come into logs and events. */
    private static boolean isUsable(String id) {
        return FORM.matcher(id).matches()
                && SecretDetector.standard().keys(id, () -> {}).isEmpty();
    }

    /** The id of the request that is being answered. */
    public static String of(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(HEADER));
    }
}
