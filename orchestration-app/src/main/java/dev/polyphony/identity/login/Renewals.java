package dev.polyphony.identity.login;

import dev.polyphony.identity.LoginProblem;
import dev.polyphony.identity.SecurityAlerts;
import dev.polyphony.identity.SecurityAlerts.InvalidAuth;
import dev.polyphony.identity.SecurityAlerts.RefreshTokenReused;
import dev.polyphony.identity.login.Login.LoggedIn;
import dev.polyphony.identity.tokens.RefreshToken;
import dev.polyphony.identity.tokens.Sessions;
import dev.polyphony.identity.tokens.Sessions.RefreshPolicy;
import dev.polyphony.identity.tokens.Sessions.Renewal.Renewed;
import dev.polyphony.identity.tokens.Sessions.Renewal.Repeated;
import dev.polyphony.identity.tokens.Sessions.Renewal.Reused;
import dev.polyphony.identity.tokens.Sessions.Renewal.Unknown;
import dev.polyphony.identity.wiring.SecuritySettings.Jwt;
import dev.polyphony.shared.Rejection;
import java.security.SecureRandom;

/** Renews sessions by refresh tokens, each of which counts once. */
public final class Renewals {
    private final Sessions sessions;
    private final RefusedCredentials refused;
    private final SecurityAlerts alerts;
    private final Jwt settings;
    private final SecureRandom random = new SecureRandom();

    public Renewals(Sessions sessions, RefusedCredentials refused, SecurityAlerts alerts, Jwt settings) {
        this.sessions = sessions;
        this.refused = refused;
        this.alerts = alerts;
        this.settings = settings;
    }

    /** @throws Rejection {@link LoginProblem#REFRESH_TOKEN_INVALID} */
    public LoggedIn renew(RefreshToken used, ClientAddress address) {
        if (!refused.mayTry(address, used.value())) {
            throw LoginProblem.locked(RefusedCredentials.window());
        }
        RefreshToken next = RefreshToken.generate(random);
        RefreshPolicy policy =
                new RefreshPolicy(settings.refreshLifetime(), settings.refreshRetryWindow(), address.network());
        return switch (sessions.renew(used, next, policy)) {
            case Renewed renewed -> new LoggedIn(renewed.session(), next);
            case Unknown _ ->
                throw refused(
                        address, "The refresh token is unknown, has expired, or its session has ended. Log in again.");
            case Repeated _ ->
                throw LoginProblem.REFRESH_TOKEN_INVALID.because(
                        "The refresh token was used a moment ago. Use the one that came with that reply.");
            case Reused _ -> {
                alerts.raise(new RefreshTokenReused(address.text()));
                throw refused(address, "The refresh token was used before, so the session has ended. Log in again.");
            }
        };
    }

    private Rejection refused(ClientAddress address, String sentence) {
        alerts.raise(new InvalidAuth(address.text(), "refresh_token"));
        refused.failed(address);
        return LoginProblem.REFRESH_TOKEN_INVALID.because(sentence);
    }
}
