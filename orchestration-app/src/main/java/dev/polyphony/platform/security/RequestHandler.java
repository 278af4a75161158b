package dev.polyphony.platform.security;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/** The handler that a request was authorized for, known to the filters behind Spring Security. */
public final class RequestHandler {
    private static final String ATTRIBUTE = RequestHandler.class.getName();

    private RequestHandler() {}

    static void remember(ServletRequest request, @Nullable HandlerMethod handler) {
        request.setAttribute(ATTRIBUTE, handler);
    }

    /** Null when no handler answers the request. */
    public static @Nullable HandlerMethod of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof HandlerMethod handler ? handler : null;
    }
}
