package dev.polyphony.platform.security;

import dev.polyphony.platform.security.RefusalListener.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Predicate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Every request needs an API key, unless its handler or {@link PublicPaths} say otherwise. */
@Configuration(proxyBeanMethods = false)
class SecurityConfig {
    /** Swagger UI needs its own files, inline styles and pictures; nothing else is shown in a browser. */
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
                    + " img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'";

    @Bean
    SecurityFilterChain api(
            HttpSecurity http,
            RefusedKeys refused,
            DeniedAccess denied,
            AuthenticationManagerResolver<HttpServletRequest> credentials,
            HandlerAuthorization handlers) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().access(handlers))
                .oauth2ResourceServer(server -> server.bearerTokenResolver(tokens())
                        .authenticationManagerResolver(credentials)
                        .authenticationEntryPoint(refused)
                        .accessDeniedHandler(denied))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refused).accessDeniedHandler(denied))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
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
    HttpFirewall firewall(RefusalListener refusals) {
        Predicate<String> isText = value -> {
            boolean text = isText(value);
            if (!text) {
                refusals.refused(Refusal.HOSTILE_CHARACTERS);
            }
            return text;
        };
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedParameterValues(isText);
        firewall.setAllowedParameterNames(isText);
        firewall.setUnsafeAllowAnyHttpMethod(true); // answered with 405 where the endpoint does not take it
        return firewall;
    }

    /** The container reads bytes that are no UTF-8 as U+FFFD. */
    private static boolean isText(String value) {
        return value.indexOf('\0') < 0 && value.indexOf('\uFFFD') < 0;
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
