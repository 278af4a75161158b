package dev.polyphony.identity.wiring;

import dev.polyphony.identity.Role;
import dev.polyphony.identity.lockout.FailedAttempts.Rule;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who is let in, and by what; {@code docs/security.md} explains each.
 *
 * @param staticToken one bearer token for everybody, at least 32 characters; empty for none. Not validated while it is bound: a
 *     failed validation would print it
 * @param openTokenEndpoint whether anybody gets tokens with the role user; on a loopback address only
 * @param anonymousRole of callers without credentials; absent when they are refused
 * @param jwt signed tokens of this server
 * @param lockout when failures are too many
 * @param issuers others whose signed tokens are taken
 */
@ConfigurationProperties("polyphony.security")
@Validated
public record SecuritySettings(
        @DefaultValue("") String staticToken,
        @DefaultValue("false") boolean openTokenEndpoint,
        @Nullable Role anonymousRole,
        @DefaultValue @Valid Jwt jwt,
        @DefaultValue @Valid Lockout lockout,
        @DefaultValue @Valid List<Issuer> issuers) {
    private static final int MIN_STATIC_TOKEN = 32;

    /** How a token is signed. */
    public enum Algorithm {
        RS256,
        HS256
    }

    /** @throws IllegalArgumentException when it is too short, or would be taken for a signed token */
    public Optional<String> acceptedStaticToken() {
        String token = staticToken.strip();
        if (token.isEmpty()) {
            return Optional.empty();
        }
        if (token.length() < MIN_STATIC_TOKEN
                || token.chars().filter(c -> c == '.').count() == 2) {
            throw new IllegalArgumentException(
                    "polyphony.security.static-token has %d characters; it takes at least %d random ones, and not exactly two dots, which tell signed tokens. Set one as `openssl rand -hex 32` prints it"
                            .formatted(token.length(), MIN_STATIC_TOKEN));
        }
        return Optional.of(token);
    }

    /**
     * Signed tokens of this server.
     *
     * @param algorithm RS256, which others can verify by the published keys, or HS256
     * @param issuer what tokens name as {@code iss}
     * @param audience what tokens name as {@code aud}
     * @param privateKeyFile a PKCS #8 key of RSA as PEM; empty to generate keys
     * @param verificationKeyFiles public keys as PEM that verify too, such as those before the current one
     * @param secretFile the secret of HS256, at least 32 bytes; empty to generate one
     * @param lifetime of an access token
     * @param maxLifetime the longest that {@code expiry_minutes} may ask for
     * @param refreshLifetime how long a refresh token can be used
     * @param refreshRetryWindow how soon a used refresh token may come again from the same address without ending the session
     * @param keyRotation when a generated key is replaced
     * @param keyOverlap how long a replaced key verifies; no shorter than {@code maxLifetime}, lest tokens end early
     * @param clockSkew how far clocks may differ
     */
    public record Jwt(
            @DefaultValue("RS256") Algorithm algorithm,
            @DefaultValue("polyphony") @NotBlank String issuer,
            @DefaultValue("polyphony-api") @NotBlank String audience,
            @DefaultValue("") String privateKeyFile,
            @DefaultValue List<String> verificationKeyFiles,
            @DefaultValue("") String secretFile,

            @DefaultValue("60m") @DurationMin(minutes = 1) @DurationMax(days = 1)
            Duration lifetime,

            @DefaultValue("24h") @DurationMin(minutes = 1) @DurationMax(days = 30)
            Duration maxLifetime,

            @DefaultValue("14d") @DurationMin(minutes = 1) @DurationMax(days = 365)
            Duration refreshLifetime,

            @DefaultValue("10s") @DurationMin(seconds = 0) @DurationMax(seconds = 60)
            Duration refreshRetryWindow,

            @DefaultValue("30d") @DurationMin(seconds = 10) @DurationMax(days = 3650)
            Duration keyRotation,

            @DefaultValue("25h") @DurationMin(seconds = 10) @DurationMax(days = 365)
            Duration keyOverlap,

            @DefaultValue("30s") @DurationMin(seconds = 0) @DurationMax(seconds = 30)
            Duration clockSkew) {}

    /**
     * When failures are too many.
     *
     * @param failures of one subject from one address
     * @param duration how long nothing is checked then
     * @param addressFailures of all subjects from one address, at logging in
     * @param mfaFailures of one subject's second factor, from all addresses
     * @param refusedPerMinute wrong credentials of any kind from one address, on one node, before nothing is looked up any more
     */
    public record Lockout(
            @DefaultValue("5") @Min(1) @Max(1000) int failures,

            @DefaultValue("300s") @DurationMin(seconds = 1) @DurationMax(days = 1)
            Duration duration,

            @DefaultValue("20") @Min(1) @Max(100_000) int addressFailures,
            @DefaultValue("10") @Min(1) @Max(1000) int mfaFailures,
            @DefaultValue("60") @Min(1) @Max(1_000_000) int refusedPerMinute) {
        public Rule ofPair() {
            return new Rule(failures, duration);
        }

        public Rule ofAddress() {
            return new Rule(addressFailures, duration);
        }

        public Rule ofSecondFactor() {
            return new Rule(mfaFailures, duration);
        }
    }

    /**
     * Somebody else whose signed tokens are taken.
     *
     * @param issuer what its tokens name as {@code iss}, a URL
     * @param audience what its tokens have to name as {@code aud}
     * @param jwksUri where its keys are; absent to discover it
     * @param tenant of callers whose token names none
     * @param tenantClaim the claim that names the tenant; absent to take {@code tenant} for all
     * @param rolesClaim the claim that lists roles, as an array or a text with blanks
     * @param roles which role a value of that claim stands for; those that are not listed stand for nothing
     * @param scopesClaim the claim that lists scopes; absent to allow whatever the roles permit
     */
    public record Issuer(
            @NotBlank String issuer,
            @NotBlank String audience,
            @Nullable URI jwksUri,
            @DefaultValue("default") @NotBlank String tenant,
            @Nullable String tenantClaim,
            @DefaultValue("roles") @NotBlank String rolesClaim,
            @DefaultValue Map<String, Role> roles,
            @Nullable String scopesClaim) {
        public Issuer {
            roles = Map.copyOf(roles);
        }
    }
}
