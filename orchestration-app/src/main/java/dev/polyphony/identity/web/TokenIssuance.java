package dev.polyphony.identity.web;

import dev.polyphony.identity.Caller;
import dev.polyphony.identity.LoginProblem;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.identity.Tenants;
import dev.polyphony.identity.jwt.AccessTokens;
import dev.polyphony.identity.jwt.AccessTokens.Claims;
import dev.polyphony.identity.jwt.AccessTokens.Issued;
import dev.polyphony.identity.tokens.RefreshToken;
import dev.polyphony.identity.tokens.Sessions.Session;
import dev.polyphony.identity.web.IssuedToken.SubjectToken;
import dev.polyphony.identity.web.IssuedToken.TokenPair;
import dev.polyphony.identity.web.IssuedToken.UserToken;
import dev.polyphony.identity.wiring.SecuritySettings;
import dev.polyphony.shared.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Issues tokens in the documented forms. */
@Component
class TokenIssuance {
    private final AccessTokens tokens;
    private final SecuritySettings settings;
    private final Tenants tenants;
    private final Clock clock;

    TokenIssuance(AccessTokens tokens, SecuritySettings settings, Tenants tenants, Clock clock) {
        this.tokens = tokens;
        this.settings = settings;
        this.tenants = tenants;
        this.clock = clock;
    }

    UserToken forUserId(TokenOrder order) {
        Set<Role> roles = order.roles() == null || order.roles().isEmpty() ? Set.of(Role.USER) : order.roles();
        Caller grantor = grantor();
        if (!grantor.mayGrant(roles, grantor.scopes())) {
            throw LoginProblem.TOKEN_EXCEEDS_CALLER
                    .because(
                            "A token allows no more than the key that asks for it: you have the roles %s, not all of %s."
                                    .formatted(grantor.roles(), roles))
                    .about("roles", roles.toString(), "some of " + grantor.roles());
        }
        String bearer = order.bearer();
        Issued issued =
                tokens.issue(Claims.of(bearer, grantor, roles), settings.jwt().lifetime());
        return new UserToken(
                issued.token(),
                issued.expiresAt(),
                bearer,
                roles.stream().sorted().toList());
    }

    SubjectToken forSubject(TokenOrder order) {
        Duration lifetime = lifetime(order.expiryMinutes());
        Caller grantor = grantor();
        String bearer = order.bearer();
        Issued issued = tokens.issue(Claims.of(bearer, grantor, grantor.roles()), lifetime);
        return new SubjectToken(
                issued.token(),
                IssuedToken.BEARER,
                LocalDateTime.ofInstant(issued.expiresAt(), ZoneOffset.UTC),
                bearer);
    }

    private Duration lifetime(@Nullable Integer minutes) {
        long max = settings.jwt().maxLifetime().toMinutes();
        if (minutes == null) {
            return settings.jwt().lifetime();
        }
        if (minutes < 1 || minutes > max) {
            throw TokenOrder.invalid("expiry_minutes", "1 to " + max);
        }
        return Duration.ofMinutes(minutes);
    }

    /** Whose rights the token gets: an API key's. A token could renew itself for ever, and the static one says nothing of its bearer. */
    private Caller grantor() {
        return CurrentCaller.ofApiKey().orElseGet(() -> {
            if (settings.openTokenEndpoint()) {
                return new Caller(
                        TenantId.DEFAULT, "open", Set.of(Role.USER), Scope.ALL, tenants.tier(TenantId.DEFAULT));
            }
            throw LoginProblem.API_KEY_REQUIRED.because(
                    "A token for somebody who is only named takes an API key: send it as 'X-API-Key: <key>'. Users send"
                            + " username and password instead.");
        });
    }

    /** How long a refresh token can be used. */
    Duration refreshLifetime() {
        return settings.jwt().refreshLifetime();
    }

    TokenPair forUser(Session session, RefreshToken refresh) {
        Duration lifetime = settings.jwt().lifetime();
        Claims claims = new Claims(
                session.userId().toString(),
                session.tenant(),
                session.grant().roleSet(),
                session.grant().scopeSet(),
                tenants.tier(session.tenant()),
                session.id());
        Issued issued = tokens.issue(claims, lifetime);
        return new TokenPair(
                issued.token(),
                IssuedToken.BEARER,
                Duration.between(clock.instant(), issued.expiresAt())
                        .plusSeconds(1)
                        .minusNanos(1)
                        .toSeconds(),
                refresh.value(),
                session.grant().scopes());
    }
}
