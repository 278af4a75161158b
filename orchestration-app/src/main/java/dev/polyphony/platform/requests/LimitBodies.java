package dev.polyphony.platform.requests;

import dev.polyphony.platform.errors.ApiError;
import dev.polyphony.platform.errors.ErrorResponder;
import dev.polyphony.platform.security.RequestHandler;
import dev.polyphony.platform.web.LargeBody;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;

/** Lets handlers read no more of a body than they take. Runs after Spring Security, which has found the handler. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 2)
class LimitBodies extends OncePerRequestFilter {
    private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii");

    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\";\\s]*)");

    private final ErrorResponder errors;
    private final RequestSettings settings;
    private final BodyBudget budget;

    LimitBodies(ErrorResponder errors, RequestSettings settings) {
        this.errors = errors;
        this.settings = settings;
        this.budget = new BodyBudget(settings.bytesInFlight());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        DataSize limit = limit(RequestHandler.of(request));
        @Nullable ApiError refusal = refusal(request, limit);
        if (refusal != null) {
            errors.write(refusal, request, response);
            return;
        }
        Limited limited = new Limited(request, new LimitedBody.Limits(limit, settings.bodyTimeout()), budget);
        try {
            chain.doFilter(limited, response);
        } finally {
            limited.release();
        }
    }

    private DataSize limit(@Nullable HandlerMethod handler) {
        return handler != null && handler.hasMethodAnnotation(LargeBody.class)
                ? settings.maxLargeBody()
                : settings.maxBody();
    }

    /** What can be told without reading. */
    private static @Nullable ApiError refusal(HttpServletRequest request, DataSize limit) {
        if (request.getContentLengthLong() > limit.toBytes()) {
            return LimitedBody.tooLong(limit);
        }
        return request.getContentLengthLong() == 0 || isUtf8(request.getContentType())
                ? null
                : ApiError.of(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "The Content-Type names a character set that is not read here. Send JSON in UTF-8.");
    }

    private static boolean isUtf8(@Nullable String contentType) {
        Matcher named = CHARSET.matcher(contentType == null ? "" : contentType);
        return !named.find() || CHARSETS.contains(named.group(1).toLowerCase(Locale.ROOT));
    }

    private static final class Limited extends HttpServletRequestWrapper {
        private final LimitedBody.Limits limits;
        private final BodyBudget budget;
        private @Nullable LimitedBody body;

        Limited(HttpServletRequest request, LimitedBody.Limits limits, BodyBudget budget) {
            super(request);
            this.limits = limits;
            this.budget = budget;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (body == null) {
                body = new LimitedBody(super.getInputStream(), limits, budget, BodyShare.of(getRequest()));
            }
            return body;
        }

        void release() {
            if (body != null) {
                body.release();
            }
        }
    }
}
