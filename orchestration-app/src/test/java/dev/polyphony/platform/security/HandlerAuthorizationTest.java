package dev.polyphony.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class HandlerAuthorizationTest {
    private static final Authentication STRANGER =
            new AnonymousAuthenticationToken("a", "anonymous", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

    private final HandlerAuthorization authorization = new HandlerAuthorization(
            new HandlerLookup(mapping()),
            List.of(PublicPaths.of("/library/**")),
            List.of(RestrictedPaths.of("/figures", "ADMIN")));

    @RestController
    static final class Handlers {
        @GetMapping("/open")
        @PermitAll
        void open() {}

        @GetMapping("/users")
        @RolesAllowed("USER")
        @RequiredScope("things:read")
        void users() {}

        @GetMapping("/admins")
        @RolesAllowed("ADMIN")
        @RequiredScope("things:write")
        void admins() {}

        @GetMapping("/unscoped")
        @RolesAllowed("USER")
        void unscoped() {}

        @GetMapping("/forgotten")
        void forgotten() {}

        @GetMapping("/library/page")
        void library() {}
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /open, true, true, true",
        "GET, /users, false, true, true",
        "GET, /admins, false, false, true",
        "GET, /forgotten, false, false, false",
        "GET, /library/page, true, true, true",
        "GET, /figures, false, false, true",
        "GET, /unknown, false, true, true",
        "POST, /admins, false, true, true",
        "OPTIONS, /admins, false, true, true"
    })
    void letsInWhomTheHandlerNames(String method, String path, boolean stranger, boolean user, boolean admin) {
        assertThat(letsIn(STRANGER, method, path)).isEqualTo(stranger);
        assertThat(letsIn(new TestingAuthenticationToken("u", "", "ROLE_USER", "SCOPE_read"), method, path))
                .isEqualTo(user);
        assertThat(letsIn(
                        new TestingAuthenticationToken("a", "", "ROLE_USER", "ROLE_ADMIN", "SCOPE_admin"),
                        method,
                        path))
                .isEqualTo(admin);
    }

    @ParameterizedTest
    @CsvSource({
        "read, true, false",
        "write, true, true",
        "admin, true, true",
        "things:read, true, false",
        "things:write, true, true",
        "things:admin, true, true",
        "others:admin, false, false",
        "none, false, false",
        "things, false, false",
    })
    void looksAtTheScopeToo(String scope, boolean mayRead, boolean mayWrite) {
        Authentication caller = new TestingAuthenticationToken("a", "", "ROLE_USER", "ROLE_ADMIN", "SCOPE_" + scope);

        assertThat(letsIn(caller, "GET", "/users")).isEqualTo(mayRead);
        assertThat(letsIn(caller, "GET", "/admins")).isEqualTo(mayWrite);
        assertThat(letsIn(caller, "GET", "/unscoped")).isFalse();
    }

    private boolean letsIn(Authentication caller, String method, String path) {
        var context = new RequestAuthorizationContext(new MockHttpServletRequest(method, path));
        return Objects.requireNonNull(authorization.authorize(() -> caller, context))
                .isGranted();
    }

    private static RequestMappingHandlerMapping mapping() {
        StaticWebApplicationContext context = new StaticWebApplicationContext();
        context.setServletContext(new MockServletContext());
        context.registerSingleton("handlers", Handlers.class);
        context.refresh();
        RequestMappingHandlerMapping mapping = new RequestMappingHandlerMapping();
        mapping.setApplicationContext(context);
        mapping.afterPropertiesSet();
        return mapping;
    }
}
