package dev.polyphony.identity.web;

import dev.polyphony.identity.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** The caller of the request that this thread answers. */
public final class CurrentCaller {
    private CurrentCaller() {}

    /** Empty outside a request with valid credentials. */
    public static Optional<Caller> find() {
        return principal(SecurityContextHolder.getContext().getAuthentication()).map(CallerPrincipal::caller);
    }

    /** Empty unless the request came with an API key. */
    static Optional<Caller> ofApiKey() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication instanceof BearerTokenAuthentication
                ? principal(authentication)
                        .filter(principal -> !principal.credential().equals(StaticToken.CREDENTIAL))
                        .map(CallerPrincipal::caller)
                : Optional.empty();
    }

    /** Empty unless the request came with a signed token. */
    static Optional<Jwt> token() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token
                ? Optional.of(token.getToken())
                : Optional.empty();
    }

    private static Optional<CallerPrincipal> principal(@Nullable Authentication authentication) {
        return authentication != null && authentication.getPrincipal() instanceof CallerPrincipal principal
                ? Optional.of(principal)
                : Optional.empty();
    }
}
