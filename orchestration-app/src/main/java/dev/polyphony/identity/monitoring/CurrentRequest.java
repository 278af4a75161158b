package dev.polyphony.identity.monitoring;

import dev.polyphony.identity.web.CallerPrincipal;
import dev.polyphony.platform.security.HandlerLookup;
import dev.polyphony.platform.web.RequestIdFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What the request that this thread answers says about an alert, if it answers one. */
@Component
final class CurrentRequest {
    private final HandlerLookup handlers;

    CurrentRequest(HandlerLookup handlers) {
        this.handlers = handlers;
    }

    private static Optional<HttpServletRequest> find() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? Optional.of(attributes.getRequest())
                : Optional.empty();
    }

    @Nullable
    String address() {
        return find().map(HttpServletRequest::getRemoteAddr).orElse(null);
    }

    /** The pattern of the endpoint, since the path itself is whatever was sent. */
    @Nullable
    String path() {
        return find().map(handlers::pattern).orElse(null);
    }

    Optional<String> id() {
        return find().map(RequestIdFilter::of);
    }

    /** Empty unless somebody has proved who he is. */
    Optional<CallerPrincipal> caller() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof CallerPrincipal caller
                ? Optional.of(caller)
                : Optional.empty();
    }
}
