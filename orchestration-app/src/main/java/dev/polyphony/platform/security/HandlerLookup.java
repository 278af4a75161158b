package dev.polyphony.platform.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.server.RequestPath;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Finds out which handler would answer a request, before anybody answers it. */
@Component
public final class HandlerLookup {
    private final RequestMappingHandlerMapping mapping;

    public HandlerLookup(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        this.mapping = mapping;
    }

    /** Null when none does. */
    @Nullable
    HandlerMethod handler(HttpServletRequest request) {
        @Nullable Object before = request.getAttribute(ServletRequestPathUtils.PATH_ATTRIBUTE);
        ServletRequestPathUtils.parseAndCache(request);
        try {
            HandlerExecutionChain chain = mapping.getHandler(request);
            return chain != null && chain.getHandler() instanceof HandlerMethod method ? method : null;
        } catch (ServletException noHandlerForThisMethodOrType) {
            return null;
        } catch (Exception failure) {
            throw new IllegalStateException("the handler of a request cannot be found", failure);
        } finally {
            ServletRequestPathUtils.setParsedRequestPath(before instanceof RequestPath path ? path : null, request);
        }
    }

    /** The pattern of the handler's path, which tells nothing of what was sent; null when there is no handler. */
    public @Nullable String pattern(HttpServletRequest request) {
        if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) == null && handler(request) == null) {
            return null;
        }
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern == null ? null : pattern.toString();
    }
}
