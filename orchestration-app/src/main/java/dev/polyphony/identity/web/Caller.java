package dev.polyphony.identity.web;

import dev.polyphony.identity.ApiKeys.ApiKeyView;
import dev.polyphony.identity.Role;
import dev.polyphony.shared.TenantId;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/**
 * Who sent the request that is being answered. Controllers take it as a parameter.
 *
 * @param tenant whose data may be read and changed
 * @param actor how the history names the caller
 */
public record Caller(TenantId tenant, String actor, Role role) {
    static final String ATTRIBUTE = "caller";

    static Caller of(ApiKeyView key) {
        return new Caller(key.tenant(), "key:" + key.name(), key.role());
    }

    /** Empty outside a request with valid credentials. */
    public static Optional<Caller> current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof OAuth2AuthenticatedPrincipal principal
                ? Optional.ofNullable(principal.getAttribute(ATTRIBUTE))
                : Optional.empty();
    }
}
