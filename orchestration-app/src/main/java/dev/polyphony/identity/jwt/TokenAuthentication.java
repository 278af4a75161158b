package dev.polyphony.identity.jwt;

import dev.polyphony.identity.Caller;
import dev.polyphony.identity.tokens.TokenRevocations;
import dev.polyphony.identity.web.CallerPrincipal;
import dev.polyphony.platform.errors.RefusedToken;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtIssuerAuthenticationManagerResolver;

/** Authenticates by signed tokens: each issuer's by its own keys and rules, and none of an issuer that is not configured. */
public final class TokenAuthentication {
    private final Map<String, AuthenticationManager> issuers = new HashMap<>();

    @SuppressWarnings("NullAway") // the resolver answers for an issuer of which nothing is known
    private final JwtIssuerAuthenticationManagerResolver byIssuer =
            new JwtIssuerAuthenticationManagerResolver(issuers::get);

    private final TokenRevocations revocations;
    private final RevocationCheck check;

    TokenAuthentication(TokenRevocations revocations, RevocationCheck check) {
        this.revocations = revocations;
        this.check = check;
    }

    /** To be called before the first request. */
    void trust(String issuer, JwtDecoder decoder, Function<Jwt, Caller> callers) {
        JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoder);
        provider.setJwtAuthenticationConverter(token -> authentication(token, callers));
        if (issuers.put(issuer, new ProviderManager(provider)) != null) {
            throw new IllegalArgumentException(
                    "polyphony.security.issuers names '" + issuer + "' twice, or the server itself");
        }
    }

    private JwtAuthenticationToken authentication(Jwt token, Function<Jwt, Caller> callers) {
        if (check.isRevoked(token)) {
            throw TokenFault.REVOKED.refusal(null);
        }
        Caller caller = callers.apply(token);
        CallerPrincipal principal = CallerPrincipal.of(caller.tenant() + "/" + caller.actor(), caller);
        return new JwtAuthenticationToken(token, principal, principal.getAuthorities());
    }

    /** @throws InvalidBearerTokenException whose message tells what is wrong */
    public Authentication authenticate(BearerTokenAuthenticationToken token, HttpServletRequest request) {
        try {
            return byIssuer.resolve(request).authenticate(token);
        } catch (InvalidBearerTokenException refused) {
            throw refused instanceof RefusedToken
                    ? refused
                    : TokenFault.of(refused).refusal(refused);
        } catch (AuthenticationServiceException noKeys) {
            throw new InvalidBearerTokenException(
                    "The token cannot be verified now: the keys of its issuer cannot be fetched. Try again later.",
                    noKeys);
        }
    }

    /** Ends one token. What belongs to the same session is ended by ending that. */
    public void revoke(Jwt token) {
        String id = RevocationCheck.tokenId(token);
        Instant expiresAt = token.getExpiresAt();
        if (id != null && expiresAt != null) {
            revocations.revoke(id, expiresAt);
            check.forget(token);
        }
    }

    /** Null for a token of no user of ours. */
    public static @Nullable UUID session(Jwt token) {
        return RevocationCheck.session(token);
    }
}
