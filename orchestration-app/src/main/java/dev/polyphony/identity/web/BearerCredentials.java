package dev.polyphony.identity.web;

import dev.polyphony.identity.SecurityAlerts;
import dev.polyphony.identity.SecurityAlerts.InvalidAuth;
import dev.polyphony.identity.SecurityAlerts.Lockout;
import dev.polyphony.identity.SecurityAlerts.RevokedKeyUsed;
import dev.polyphony.identity.SecurityAlerts.SecurityAlert;
import dev.polyphony.identity.login.ClientAddress;
import dev.polyphony.identity.login.RefusedCredentials;
import dev.polyphony.platform.security.TooManyFailures;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.stereotype.Component;

/** Checks credentials, unless too many from the same address were wrong, and raises an alert of those that are. */
@Component
final class BearerCredentials implements AuthenticationManagerResolver<HttpServletRequest> {
    private final CredentialForms forms;
    private final RefusedCredentials refused;
    private final SecurityAlerts alerts;

    BearerCredentials(CredentialForms forms, RefusedCredentials refused, SecurityAlerts alerts) {
        this.forms = forms;
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
            Authentication caller = forms.authenticate(presented, request);
            refused.succeeded(token);
            return caller;
        } catch (OAuth2AuthenticationException wrong) {
            String kind = forms.isSigned(token) ? "jwt" : "api_key";
            alerts.raise(alert(wrong, address, kind));
            if (refused.failed(address, token)) {
                alerts.raise(new Lockout(address.text(), kind));
            }
            throw wrong;
        }
    }

    private static SecurityAlert alert(OAuth2AuthenticationException wrong, ClientAddress address, String kind) {
        return wrong.getCause() instanceof RevokedKey revoked
                ? new RevokedKeyUsed(
                        address.text(), revoked.tenant(), revoked.keyId().value())
                : new InvalidAuth(address.text(), kind);
    }
}
