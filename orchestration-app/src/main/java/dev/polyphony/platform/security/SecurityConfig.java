package dev.polyphony.platform.security;

import dev.polyphony.platform.errors.ErrorResponder;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** Every request needs an API key, unless its handler or {@link PublicPaths} say otherwise. */
@Configuration(proxyBeanMethods = false)
class SecurityConfig {
    @Bean
    SecurityFilterChain api(
            HttpSecurity http, ErrorResponder errors, OpaqueTokenIntrospector keys, HandlerAuthorization handlers) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().access(handlers))
                .oauth2ResourceServer(server -> server.bearerTokenResolver(tokens())
                        .opaqueToken(token -> token.introspector(keys))
                        .authenticationEntryPoint(errors::unauthenticated)
                        .accessDeniedHandler(errors::forbidden))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(errors::unauthenticated)
                        .accessDeniedHandler(errors::forbidden))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Observations of each security filter cost more than the filters themselves. */
    @Bean
    SecurityObservationSettings observations() {
        return SecurityObservationSettings.noObservations();
    }

    /** PostgreSQL stores a NUL in no text, so nothing can be asked for with one. */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedParameterValues(value -> value.indexOf('\0') < 0);
        return firewall;
    }

    /** {@code X-API-Key}, or a bearer token. */
    private static BearerTokenResolver tokens() {
        BearerTokenResolver bearer = new DefaultBearerTokenResolver();
        return (HttpServletRequest request) -> {
            String key = request.getHeader("X-API-Key");
            return key == null || key.isBlank() ? bearer.resolve(request) : key.strip();
        };
    }
}
