package dev.polyphony.identity.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.identity.SecurityAlerts;
import dev.polyphony.identity.SecurityAlerts.InvalidAuth;
import dev.polyphony.identity.SecurityAlerts.Lockout;
import dev.polyphony.identity.jwt.TokenAuthentication;
import dev.polyphony.identity.login.ClientAddress;
import dev.polyphony.identity.login.RefusedCredentials;
import dev.polyphony.platform.security.TooManyFailures;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.stereotype.Component;

/**
 * Tells credentials apart by their form alone: three parts with dots between them are a signed token, anything else the static token
 * or an API key.
 */
@Component
final class BearerCredentials implements AuthenticationManagerResolver<HttpServletRequest> {
    private final AuthenticationManager keys;
    private final TokenAuthentication tokens;
    private final RefusedCredentials refused;
    private final SecurityAlerts alerts;
    private final byte @Nullable [] staticToken;
    private final CallerPrincipal staticCaller;

    BearerCredentials(
            ApiKeyIntrospector keys,
            TokenAuthentication tokens,
            RefusedCredentials refused,
            SecurityAlerts alerts,
            StaticToken staticToken) {
        this.keys = new ProviderManager(new OpaqueTokenAuthenticationProvider(keys));
        this.tokens = tokens;
        this.refused = refused;
        this.alerts = alerts;
        this.staticToken = staticToken.token();
        this.staticCaller = staticToken.principal();
    }

    @Override
    public AuthenticationManager resolve(HttpServletRequest request) {
        return authentication -> authenticate((BearerTokenAuthenticationToken) authentication, request);
    }

    private Authentication authenticate(BearerTokenAuthenticationToken presented, HttpServletRequest request) {
        ClientAddress address = ClientAddress.of(request.getRemoteAddr());
        String token = presented.getToken();
        boolean signed = isSigned(token);
        if (!refused.mayTry(address, token)) {
            throw new TooManyFailures(RefusedCredentials.window());
        }
        try {
            Authentication caller = signed ? tokens.authenticate(presented, request) : opaque(presented);
            refused.succeeded(token);
            return caller;
        } catch (OAuth2AuthenticationException wrong) {
            String kind = signed ? "jwt" : "api_key";
            alerts.raise(new InvalidAuth(address.text(), kind));
            if (refused.failed(address)) {
                alerts.raise(new Lockout(address.text(), kind));
            }
            throw wrong;
        }
    }

    private static boolean isSigned(String token) {
        return token.chars().filter(c -> c == '.').count() == 2;
    }

    private Authentication opaque(BearerTokenAuthenticationToken presented) {
        byte[] expected = staticToken;
        if (expected == null
                || !MessageDigest.isEqual(expected, presented.getToken().getBytes(UTF_8))) {
            return keys.authenticate(presented);
        }
        OAuth2AccessToken token =
                new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, presented.getToken(), null, null);
        return new BearerTokenAuthentication(staticCaller, token, staticCaller.getAuthorities());
    }
}
