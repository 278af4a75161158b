package dev.polyphony.platform.security;

import dev.polyphony.platform.errors.ApiError;
import dev.polyphony.platform.errors.ErrorResponder;
import dev.polyphony.platform.security.RefusalListener.Refusal;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Answers callers who lack a role or a scope, with what they have and what they need. */
@Component
final class DeniedAccess implements AccessDeniedHandler {
    private static final String ROLE = "ROLE_";
    private static final String SCOPE = "SCOPE_";

    private final ErrorResponder errors;
    private final RefusalListener refusals;

    DeniedAccess(ErrorResponder errors, RefusalListener refusals) {
        this.errors = errors;
        this.refusals = refusals;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        refusals.refused(Refusal.ACCESS_DENIED);
        MissingAccess missing = missing(request, denied);
        ApiError error = ApiError.of(HttpStatus.FORBIDDEN, "This API key may not do that" + needed(missing) + ".");
        errors.write(missing == null ? error : error.with(missing), request, response);
    }

    private static String needed(@Nullable MissingAccess missing) {
        if (missing == null) {
            return "";
        }
        return missing.requiredScope() == null
                ? ": it needs the role " + String.join(" or ", missing.requiredRoles())
                : ": it needs the scope " + missing.requiredScope();
    }

    private static @Nullable MissingAccess missing(HttpServletRequest request, AccessDeniedException denied) {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null) {
            return null;
        }
        HandlerMethod handler = RequestHandler.of(request);
        RolesAllowed roles = handler == null ? null : handler.getMethodAnnotation(RolesAllowed.class);
        RequiredScope scope = handler == null ? null : handler.getMethodAnnotation(RequiredScope.class);
        List<String> held = named(ROLE, caller.getAuthorities());
        if (roles == null || scope == null) {
            List<String> required = required(denied);
            return required.isEmpty() ? null : new MissingAccess(held, required, null, null);
        }
        List<String> required =
                Stream.of(roles.value()).map(DeniedAccess::lowerCase).toList();
        return required.stream().noneMatch(held::contains)
                ? new MissingAccess(held, required, null, null)
                : new MissingAccess(held, required, named(SCOPE, caller.getAuthorities()), scope.value());
    }

    /** Of what no handler of ours answers. */
    private static List<String> required(AccessDeniedException denied) {
        return denied instanceof AuthorizationDeniedException refusal
                        && refusal.getAuthorizationResult() instanceof AuthorityAuthorizationDecision decision
                ? named(ROLE, decision.getAuthorities())
                : List.of();
    }

    private static List<String> named(String prefix, Collection<? extends GrantedAuthority> authorities) {
        return authorities.stream()
                .map(authority -> String.valueOf(authority.getAuthority()))
                .filter(authority -> authority.startsWith(prefix))
                .map(authority -> lowerCase(authority.substring(prefix.length())))
                .sorted()
                .toList();
    }

    private static String lowerCase(String role) {
        return role.toLowerCase(Locale.ROOT);
    }
}
