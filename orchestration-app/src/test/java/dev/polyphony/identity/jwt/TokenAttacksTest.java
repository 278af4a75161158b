package dev.polyphony.identity.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.identity.Tenants.Standing;
import dev.polyphony.identity.Tenants.State;
import dev.polyphony.identity.Tier;
import dev.polyphony.identity.jwt.AccessTokens.Claims;
import dev.polyphony.identity.tokens.TokenRevocations;
import dev.polyphony.identity.web.CallerPrincipal;
import dev.polyphony.identity.wiring.SecuritySettings.Algorithm;
import dev.polyphony.identity.wiring.SecuritySettings.Jwt;
import dev.polyphony.platform.errors.RefusedToken;
import dev.polyphony.platform.errors.RefusedToken.Reason;
import dev.polyphony.shared.TenantId;
import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

class TokenAttacksTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final RSAKey KEY = key("k1");
    private static final RSAKey OF_THE_ATTACKER = key("k1");

    private final Jwt settings = new Jwt(
            Algorithm.RS256,
            "polyphony",
            "polyphony-api",
            "",
            List.of(),
            "",
            Duration.ofHours(1),
            Duration.ofHours(24),
            Duration.ofDays(14),
            Duration.ofSeconds(10),
            Duration.ofDays(30),
            Duration.ofHours(25),
            Duration.ofSeconds(30));
    private final Revoked revoked = new Revoked();
    private final Clock clock = Clock.fixed(NOW, UTC);
    private final KeyFiles keys = new KeyFiles(KEY, List.of(KEY));
    private final TokenAuthentication tokens = tokens();

    private TokenAuthentication tokens() {
        TokenAuthentication all = new TokenAuthentication(revoked, new RevocationCheck(revoked, Ticker.systemTicker()));
        all.trust(
                settings.issuer(),
                TokenDecoders.own(
                        keys, TokenRules.ofOwn(settings.issuer(), settings.audience(), settings.clockSkew(), clock)),
                new TokenCallers(_ -> new Standing(State.ACTIVE, Tier.FREE, null))::own);
        return all;
    }

    @Test
    void takesATokenThatTheServerIssued() {
        String token = new AccessTokens(keys, settings, clock)
                .issue(
                        new Claims(
                                "somebody",
                                new TenantId("acme"),
                                Set.of(Role.TRAINER),
                                Set.of(new Scope("runs:write")),
                                Tier.FREE,
                                null),
                        Duration.ofMinutes(5))
                .token();

        Authentication caller = authenticate(token);

        CallerPrincipal principal = Objects.requireNonNull((CallerPrincipal) caller.getPrincipal());
        assertThat(principal.caller().tenant().value()).isEqualTo("acme");
        assertThat(principal.caller().actor()).isEqualTo("subject:somebody");
        assertThat(caller.getAuthorities())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("ROLE_USER", "ROLE_TRAINER", "SCOPE_runs:write");
    }

    @Test
    void tellsUsersFromNamesThatSomebodyMadeUp() {
        UUID session = UUID.randomUUID();
        String user = signed(header(), claims(claims -> claims.claim("sid", session.toString())), KEY);

        assertThat(authenticate(user).getName()).isEqualTo("user:somebody");
        assertThat(authenticate(good()).getName()).isEqualTo("subject:somebody");
    }

    @Test
    void refusesATokenWithoutSignature() {
        refuses(new PlainJWT(claims(UnaryOperator.identity())).serialize(), Reason.OTHER);
        String[] parts = good().split("\\.", -1);
        String none = base64("{\"alg\":\"none\",\"typ\":\"JWT\",\"kid\":\"k1\"}");
        refuses(none + "." + parts[1] + ".", Reason.OTHER);
        refuses(none + "." + parts[1] + "." + parts[2], Reason.OTHER);
        refuses(parts[0] + "." + parts[1] + ".", Reason.OTHER);
        for (String spelling : List.of("None", "NONE", "nOnE")) {
            refuses(base64("{\"alg\":\"" + spelling + "\",\"typ\":\"JWT\"}") + "." + parts[1] + ".", Reason.OTHER);
        }
    }

    @Test
    void refusesATokenThatIsSignedWithThePublicKeyAsASecret() throws JOSEException {
        RSAPublicKey published = KEY.toRSAPublicKey();
        for (byte[] secret : List.of(
                published.getEncoded(),
                ("-----BEGIN PUBLIC KEY-----\n"
                                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(published.getEncoded())
                                + "\n-----END PUBLIC KEY-----\n")
                        .getBytes(UTF_8),
                published.getModulus().toByteArray(),
                KEY.toPublicJWK().toJSONString().getBytes(UTF_8))) {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                    .type(JOSEObjectType.JWT)
                    .keyID("k1")
                    .build();
            refuses(signed(header, claims(UnaryOperator.identity()), new MACSigner(secret)), Reason.OTHER);
        }
    }

    @Test
    void refusesOtherAlgorithmsOfTheSameKey() {
        for (JWSAlgorithm algorithm :
                List.of(JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS512)) {
            JWSHeader header = new JWSHeader.Builder(algorithm)
                    .type(JOSEObjectType.JWT)
                    .keyID("k1")
                    .build();
            refuses(signed(header, claims(UnaryOperator.identity()), KEY), Reason.OTHER);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k2",
                "../../../../dev/null",
                "/dev/null",
                "k1' or '1'='1",
                "k1\u0000",
                "http://127.0.0.1/key",
                "|/usr/bin/id",
                ""
            })
    void takesNoOtherNameOfAKey(String keyId) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(keyId)
                .build();
        refuses(signed(header, claims(UnaryOperator.identity()), OF_THE_ATTACKER), Reason.OTHER);
        refuses(signed(header, claims(UnaryOperator.identity()), KEY), Reason.OTHER);
    }

    /** Of a server that nobody may ask: port 1 of this machine. */
    @Test
    void takesNoKeyFromTheTokenItself() {
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID("k1");
        refuses(
                signed(
                        header.jwk(OF_THE_ATTACKER.toPublicJWK()).build(),
                        claims(UnaryOperator.identity()),
                        OF_THE_ATTACKER),
                Reason.OTHER);
        refuses(
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .type(JOSEObjectType.JWT)
                                .keyID("k1")
                                .jwkURL(URI.create("http://127.0.0.1:1/jwks.json"))
                                .x509CertURL(URI.create("http://127.0.0.1:1/cert.pem"))
                                .build(),
                        claims(UnaryOperator.identity()),
                        OF_THE_ATTACKER),
                Reason.OTHER);
    }

    @Test
    void refusesAKeyThatIsNotOurs() {
        refuses(signed(header(), claims(UnaryOperator.identity()), OF_THE_ATTACKER), Reason.OTHER);
    }

    @Test
    void refusesAChangedPayload() {
        String[] parts = good().split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
        assertThat(claims).contains("\"user\"");
        refuses(parts[0] + "." + base64(claims.replace("\"user\"", "\"admin\"")) + "." + parts[2], Reason.OTHER);
    }

    @Test
    void needsEveryClaim() {
        refuses(claims(claims -> claims.expirationTime(null)), Reason.OTHER);
        refuses(claims(claims -> claims.issueTime(null)), Reason.OTHER);
        refuses(claims(claims -> claims.subject(null)), Reason.OTHER);
        refuses(claims(claims -> claims.subject(" ")), Reason.OTHER);
        refuses(claims(claims -> claims.jwtID(null)), Reason.OTHER);
        refuses(claims(claims -> claims.audience((String) null)), Reason.AUDIENCE);
        refuses(claims(claims -> claims.issuer(null)), Reason.ISSUER);
    }

    @Test
    void refusesWhatIsMeantForOthersOrFromOthers() {
        refuses(claims(claims -> claims.audience("somebody else")), Reason.AUDIENCE);
        refuses(claims(claims -> claims.audience("polyphony-api-2")), Reason.AUDIENCE);
        refuses(claims(claims -> claims.issuer("https://evil.example")), Reason.ISSUER);
        assertThat(authenticate(signed(
                                header(),
                                claims(claims -> claims.audience(List.of("somebody else", "polyphony-api"))),
                                KEY))
                        .isAuthenticated())
                .isTrue();
    }

    @Test
    void allowsClocksToDifferByThirtySeconds() {
        refuses(claims(claims -> claims.expirationTime(at(-31))), Reason.EXPIRED);
        refuses(claims(claims -> claims.issueTime(at(31))), Reason.OTHER);
        refuses(claims(claims -> claims.notBeforeTime(at(31))), Reason.EXPIRED);
        for (UnaryOperator<JWTClaimsSet.Builder> change : List.<UnaryOperator<JWTClaimsSet.Builder>>of(
                claims -> claims.expirationTime(at(-29)),
                claims -> claims.issueTime(at(29)),
                claims -> claims.notBeforeTime(at(29)))) {
            assertThat(authenticate(signed(header(), claims(change), KEY)).isAuthenticated())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"id_token+jwt", "logout+jwt", "dpop+jwt", "JOSE", "rt+jwt"})
    void refusesTokensOfAnotherType(String type) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType(type))
                .keyID("k1")
                .build();
        refuses(signed(header, claims(UnaryOperator.identity()), KEY), Reason.OTHER);
    }

    @Test
    void refusesATokenWithoutType() {
        refuses(
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(),
                        claims(UnaryOperator.identity()),
                        KEY),
                Reason.OTHER);
    }

    @Test
    void refusesARevokedToken() {
        String token = good();
        assertThat(authenticate(token).isAuthenticated()).isTrue();

        revoked.ids.add("polyphony j1");

        assertThatExceptionOfType(RefusedToken.class)
                .isThrownBy(() -> tokensOfAnotherNode().authenticate(bearer(token), new MockHttpServletRequest()));
    }

    private TokenAuthentication tokensOfAnotherNode() {
        return tokens();
    }

    private void refuses(JWTClaimsSet claims, Reason reason) {
        refuses(signed(header(), claims, KEY), reason);
    }

    private void refuses(String token, Reason reason) {
        assertThatExceptionOfType(RefusedToken.class)
                .as(token)
                .isThrownBy(() -> authenticate(token))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private Authentication authenticate(String token) {
        return tokens.authenticate(bearer(token), new MockHttpServletRequest());
    }

    private static BearerTokenAuthenticationToken bearer(String token) {
        return new BearerTokenAuthenticationToken(token);
    }

    private static String good() {
        return signed(header(), claims(UnaryOperator.identity()), KEY);
    }

    private static JWSHeader header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID("k1")
                .build();
    }

    private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        return change.apply(new JWTClaimsSet.Builder()
                        .subject("somebody")
                        .claim("roles", List.of("user"))
                        .claim("scopes", List.of("read"))
                        .claim("tenant", "default")
                        .issuer("polyphony")
                        .audience("polyphony-api")
                        .issueTime(at(-60))
                        .expirationTime(at(600))
                        .jwtID("j1"))
                .build();
    }

    private static Date at(int seconds) {
        return Date.from(NOW.plusSeconds(seconds));
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, RSAKey key) {
        try {
            return signed(header, claims, new RSASSASigner(key));
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
        return token.serialize();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
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

    private static final class Revoked implements TokenRevocations {
        private final Set<String> ids = new HashSet<>();

        @Override
        public void revoke(String tokenId, Instant expiresAt) {
            ids.add(tokenId);
        }

        @Override
        public boolean isRevoked(String tokenId, @Nullable UUID sessionId) {
            return ids.contains(tokenId);
        }
    }
}
