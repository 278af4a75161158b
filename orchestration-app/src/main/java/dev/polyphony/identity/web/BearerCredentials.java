package dev.polyphony.identity.web;

import dev.polyphony.identity.SecurityAlerts;
import dev.polyphony.identity.SecurityAlerts.InvalidAuth;
import dev.polyphony.identity.SecurityAlerts.Lockout;
import dev.polyphony.identity.SecurityAlerts.RevokedKeyUsed;
import dev.polyphony.identity.login.ClientAddress;
import dev.polyphony.identity.login.RefusedCredentials;
import dev.polyphony.platform.security.TooManyFailures;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.stereotype.Component;

/** Checks credentials, unless too many from the same address were wrong, and raises an alert of those that are. */
@Component
final class BearerCredentials implements AuthenticationManagerResolver<HttpServletRequest> {
    private static final String API_KEY = "api_key";

    private final AuthenticationManager keys;
    private final RefusedCredentials refused;
    private final SecurityAlerts alerts;

    BearerCredentials(ApiKeyIntrospector keys, RefusedCredentials refused, SecurityAlerts alerts) {
        this.keys = new ProviderManager(new OpaqueTokenAuthenticationProvider(keys));
        this.refused = refused;
        this.alerts = alerts;
    }

    @Override
    public AuthenticationManager resolve(HttpServletRequest request) {
        return authentication -> authenticate((BearerTokenAuthenticationToken) authentication, request);
    }

    private Authentication authenticate(BearerTokenAuthenticationToken presented, HttpServletRequest request) {
        ClientAddress address = ClientAddress.of(request.getRemoteAddr());
        String token = presented.getToken();
        if (!refused.mayTry(address, token)) {
            throw new TooManyFailures(refused.waitFor(address));
        }
        try {
            Authentication caller = keys.authenticate(presented);
            refused.succeeded(token);
            return caller;
        } catch (OAuth2AuthenticationException wrong) {
            alert(wrong, address);
            if (refused.failed(address, token)) {
                alerts.raise(new Lockout(address.text(), API_KEY));
            }
            throw wrong;
        }
    }

    private void alert(OAuth2AuthenticationException wrong, ClientAddress address) {
        alerts.raise(
                wrong.getCause() instanceof RevokedKey revoked
                        ? new RevokedKeyUsed(
                                address.text(),
                                revoked.tenant(),
                                revoked.keyId().value())
                        : new InvalidAuth(address.text(), API_KEY));
    }
}
