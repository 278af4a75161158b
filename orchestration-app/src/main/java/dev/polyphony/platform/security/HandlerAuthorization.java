package dev.polyphony.platform.security;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.SingleResultAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.method.HandlerMethod;

/**
 * Asks the handler of a request who may call it: {@link RolesAllowed} with {@link RequiredScope}, or {@link PermitAll}, on the method. A handler
 * without them is closed to all. What no handler of ours answers, such as an unknown path or a wrong method, needs a key.
 *
 * <p>Decides in the filter chain and not around the method, as Spring's method security does: who may not call a handler never
 * learns what would be wrong with the request.
 */
@Component
final class HandlerAuthorization implements AuthorizationManager<RequestAuthorizationContext> {
    private static final AuthorizationManager<RequestAuthorizationContext> PERMIT_ALL =
            SingleResultAuthorizationManager.permitAll();
    private static final AuthorizationManager<RequestAuthorizationContext> DENY_ALL =
            SingleResultAuthorizationManager.denyAll();
    private static final AuthorizationManager<RequestAuthorizationContext> AUTHENTICATED =
            AuthenticatedAuthorizationManager.authenticated();

    private final HandlerLookup lookup;
    private final RequestMatcher publicPaths;
    private final List<RestrictedPaths> restrictedPaths;
    private final Map<Method, AuthorizationManager<RequestAuthorizationContext>> rules = new ConcurrentHashMap<>();

    HandlerAuthorization(HandlerLookup lookup, List<PublicPaths> publicPaths, List<RestrictedPaths> restrictedPaths) {
        this.lookup = lookup;
        this.restrictedPaths = restrictedPaths;
        this.publicPaths = new OrRequestMatcher(
                publicPaths.stream().map(PublicPaths::matcher).toList());
    }

    @Override
    public @Nullable AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        return rule(context.getRequest()).authorize(authentication, context);
    }

    private AuthorizationManager<RequestAuthorizationContext> rule(HttpServletRequest request) {
        HandlerMethod handler = lookup.handler(request);
        RequestHandler.remember(request, handler);
        AuthorizationManager<RequestAuthorizationContext> declared =
                handler == null ? null : rules.computeIfAbsent(handler.getMethod(), HandlerAuthorization::declared);
        if (declared != null) {
            return declared;
        }
        if (publicPaths.matches(request)) {
            return PERMIT_ALL;
        }
        for (RestrictedPaths restricted : restrictedPaths) {
            if (restricted.matcher().matches(request)) {
                return AuthorityAuthorizationManager.hasRole(restricted.role());
            }
        }
        return handler != null && isController(handler) ? DENY_ALL : AUTHENTICATED;
    }

    private static @Nullable AuthorizationManager<RequestAuthorizationContext> declared(Method handler) {
        RolesAllowed roles = handler.getAnnotation(RolesAllowed.class);
        RequiredScope scope = handler.getAnnotation(RequiredScope.class);
        if (roles != null && scope != null) {
            return AuthorizationManagers.allOf(
                    AuthorityAuthorizationManager.hasAnyRole(roles.value()),
                    AuthorityAuthorizationManager.hasAnyAuthority(sufficient(scope.value())));
        }
        return handler.isAnnotationPresent(PermitAll.class) ? PERMIT_ALL : null;
    }

    /** The scope itself and those that include it. */
    private static String[] sufficient(String scope) {
        String area = scope.substring(0, scope.indexOf(':') + 1);
        List<String> levels = List.of("read", "write", "admin");
        return levels.subList(levels.indexOf(scope.substring(area.length())), levels.size()).stream()
                .flatMap(level -> Stream.of(level, area + level))
                .map("SCOPE_"::concat)
                .toArray(String[]::new);
    }

    /** Spring answers OPTIONS by a handler of its own, which is no controller. */
    private static boolean isController(HandlerMethod handler) {
        return AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), Controller.class);
    }
}
