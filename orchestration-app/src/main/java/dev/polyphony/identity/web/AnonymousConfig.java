package dev.polyphony.identity.web;

import dev.polyphony.identity.Caller;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.identity.Tenants;
import dev.polyphony.identity.wiring.SecuritySettings;
import dev.polyphony.shared.TenantId;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/** Lets callers without credentials in, where a role is configured for them. */
@Configuration(proxyBeanMethods = false)
class AnonymousConfig {
    @Bean
    @ConditionalOnProperty("polyphony.security.anonymous-role")
    Customizer<HttpSecurity> anonymousCaller(SecuritySettings settings, Tenants tenants) {
        TenantId tenant = TenantId.DEFAULT;
        Role role = Objects.requireNonNull(settings.anonymousRole());
        Caller caller = new Caller(tenant, "anonymous", Set.of(role), Scope.ALL, tenants.tier(tenant));
        CallerPrincipal principal = CallerPrincipal.of("anonymous", caller);
        return http -> http.anonymous(nobody -> nobody.principal(principal).authorities(principal.authorities()));
    }
}
