package dev.polyphony.identity.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.polyphony.identity.Caller;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.identity.Tier;
import dev.polyphony.identity.wiring.SecuritySettings.Jwt;
import dev.polyphony.shared.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes access tokens. */
public final class AccessTokens {
    static final String ROLES = "roles";
    static final String SCOPES = "scopes";
    static final String TIER = "tier";
    static final String TENANT = "tenant";

    /** The session of a user; tokens that an API key asked for have none. */
    static final String SESSION = "sid";

    private final TokenKeys keys;
    private final Jwt settings;
    private final Clock clock;

    AccessTokens(TokenKeys keys, Jwt settings, Clock clock) {
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What a token says.
     *
     * @param subject who its bearer is: the id of a user, or what the owner of an API key calls somebody
     * @param sessionId null when the subject is no user of ours
     */
    public record Claims(
            String subject,
            TenantId tenant,
            Set<Role> roles,
            Set<Scope> scopes,
            Tier tier,
            @Nullable UUID sessionId) {
        public Claims {
            roles = Set.copyOf(roles);
            scopes = Set.copyOf(scopes);
        }

        /** Of somebody who gets what the caller has, but for the roles. */
        public static Claims of(String subject, Caller caller, Set<Role> roles) {
            return new Claims(subject, caller.tenant(), roles, caller.scopes(), caller.tier(), null);
        }
    }

    /** A token and until when it counts. */
    public record Issued(String token, Instant expiresAt) {
        @Override
        public String toString() {
            return "Issued[until " + expiresAt + "]";
        }
    }

    public Issued issue(Claims claims, Duration lifetime) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = now.plus(lifetime);
        JWTClaimsSet.Builder body = new JWTClaimsSet.Builder()
                .subject(claims.subject())
                .claim(ROLES, texts(claims.roles()))
                .claim(SCOPES, texts(claims.scopes()))
                .claim(TIER, claims.tier().name().toLowerCase(java.util.Locale.ROOT))
                .claim(TENANT, claims.tenant().value())
                .issuer(settings.issuer())
                .audience(settings.audience())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiresAt))
                .jwtID(UUID.randomUUID().toString());
        if (claims.sessionId() != null) {
            body.claim(SESSION, claims.sessionId().toString());
        }
        return new Issued(signed(body.build()), expiresAt);
    }

    private static List<String> texts(Collection<?> values) {
        return values.stream().map(String::valueOf).sorted().toList();
    }

    private String signed(JWTClaimsSet claims) {
        JWK key = keys.signing();
        JWSHeader header = new JWSHeader.Builder(
                        JWSAlgorithm.parse(key.getAlgorithm().getName()))
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new DefaultJWSSignerFactory().createJWSSigner(key));
        } catch (JOSEException failure) {
            throw new IllegalStateException("no token can be signed with the key " + key.getKeyID(), failure);
        }
        return token.serialize();
    }
}
