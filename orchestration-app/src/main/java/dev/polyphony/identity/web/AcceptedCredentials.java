package dev.polyphony.identity.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.identity.jwt.TokenAuthentication;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.stereotype.Component;

/** Tells credentials apart by their form alone: a signed token, or else the static token or an API key. */
@Component
final class AcceptedCredentials implements CredentialForms {
    private final AuthenticationManager keys;
    private final TokenAuthentication tokens;
    private final StaticToken staticToken;

    AcceptedCredentials(ApiKeyIntrospector keys, TokenAuthentication tokens, StaticToken staticToken) {
        this.keys = new ProviderManager(new OpaqueTokenAuthenticationProvider(keys));
        this.tokens = tokens;
        this.staticToken = staticToken;
    }

    @Override
    public Authentication authenticate(BearerTokenAuthenticationToken presented, HttpServletRequest request) {
        if (isSigned(presented.getToken())) {
            return tokens.authenticate(presented, request);
        }
        byte[] expected = staticToken.token();
        if (expected == null
                || !MessageDigest.isEqual(expected, presented.getToken().getBytes(UTF_8))) {
            return keys.authenticate(presented);
        }
        OAuth2AccessToken token =
                new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, presented.getToken(), null, null);
        CallerPrincipal caller = staticToken.principal();
        return new BearerTokenAuthentication(caller, token, caller.getAuthorities());
    }
}
