package dev.polyphony.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.polyphony.identity.Caller;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Tenants.Standing;
import dev.polyphony.identity.Tenants.State;
import dev.polyphony.identity.Tier;
import dev.polyphony.identity.tokens.TokenRevocations;
import dev.polyphony.identity.web.CallerPrincipal;
import dev.polyphony.identity.wiring.SecuritySettings.Issuer;
import dev.polyphony.platform.errors.RefusedToken;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Tokens of an issuer that is not ours, which publishes its keys over HTTP. */
class ExternalIssuerTest {
    private final MockWebServer server = new MockWebServer();
    private final RSAKey key = key("theirs");
    private TokenAuthentication tokens;
    private String issuer;

    @BeforeEach
    void start() throws IOException {
        server.start();
        issuer = server.url("").toString().replaceFirst("/$", "");
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return switch (request.getTarget()) {
                    case "/.well-known/openid-configuration" ->
                        json("{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(issuer, issuer));
                    case "/keys" -> json(new JWKSet(key).toString());
                    default -> new MockResponse.Builder().code(404).build();
                };
            }
        });
        Issuer trusted = new Issuer(
                issuer,
                "polyphony",
                null,
                "default",
                "org",
                "groups",
                Map.of("engineers", Role.TRAINER, "ops", Role.OPERATOR),
                null);
        TokenRevocations nothing = new NothingRevoked();
        tokens = new TokenAuthentication(nothing, new RevocationCheck(nothing, Ticker.systemTicker()));
        tokens.trust(
                issuer,
                TokenDecoders.external(
                        new ExternalKeys(trusted, new GuardedRetriever(new OkHttpClient()), System::nanoTime),
                        TokenRules.of(issuer, "polyphony", Duration.ofSeconds(30), Clock.systemUTC())),
                token -> new TokenCallers(_ -> new Standing(State.ACTIVE, Tier.FREE, null)).external(token, trusted));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void takesRolesAndTenantFromTheConfiguredClaims() {
        Caller caller = caller(claims -> claims);

        assertThat(caller.tenant().value()).isEqualTo("acme");
        assertThat(caller.roles()).containsExactly(Role.TRAINER);
        assertThat(caller.actor()).isEqualTo("external:somebody@" + issuer);
    }

    @Test
    void grantsOperatorsInTheSystemTenantOnly() {
        assertThat(caller(claims -> claims.claim("groups", "ops engineers")).roles())
                .containsExactly(Role.TRAINER);
        assertThat(caller(claims -> claims.claim("groups", List.of("ops")).claim("org", "default"))
                        .roles())
                .containsExactly(Role.OPERATOR);
        assertThat(caller(claims -> claims.claim("groups", List.of("admin"))).roles())
                .as("not listed")
                .isEmpty();
    }

    @Test
    void refusesWhatTheIssuerDidNotSignOrMeanForUs() {
        refuses(token(claims -> claims, key("theirs")));
        refuses(token(claims -> claims.audience("another"), key));
        refuses(token(claims -> claims.expirationTime(null), key));
        refuses(token(claims -> claims.issueTime(null), key));
        refuses(token(claims -> claims.issuer("http://127.0.0.1:1"), key));
        refuses(token(claims -> claims.claim("org", null), key));
        refuses(token(claims -> claims.claim("org", List.of("acme")), key));
        refuses(token(claims -> claims.claim("org", "../default"), key));
    }

    @Test
    void asksNobodyForTheKeysOfAnUnknownIssuer() {
        refuses(token(claims -> claims.issuer(issuer + "/other"), key));

        assertThat(server.getRequestCount()).isZero();
    }

    private void refuses(String token) {
        assertThatExceptionOfType(RefusedToken.class).isThrownBy(() -> authenticate(token));
    }

    private Caller caller(UnaryOperator<JWTClaimsSet.Builder> change) {
        return authenticate(token(change, key)).caller();
    }

    private CallerPrincipal authenticate(String token) {
        return Objects.requireNonNull((CallerPrincipal)
                tokens.authenticate(new BearerTokenAuthenticationToken(token), new MockHttpServletRequest())
                        .getPrincipal());
    }

    private String token(UnaryOperator<JWTClaimsSet.Builder> change, RSAKey signing) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject("somebody")
                .audience("polyphony")
                .claim("org", "acme")
                .claim("groups", List.of("engineers", "cooks"))
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID("theirs")
                        .build(),
                change.apply(claims).build());
        try {
            token.sign(new RSASSASigner(signing));
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
        return token.serialize();
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID(id)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static MockResponse json(String body) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    private static final class NothingRevoked implements TokenRevocations {
        @Override
        public void revoke(String tokenId, Instant expiresAt) {}

        @Override
        public boolean isRevoked(String tokenId, @Nullable UUID sessionId) {
            return false;
        }
    }
}
