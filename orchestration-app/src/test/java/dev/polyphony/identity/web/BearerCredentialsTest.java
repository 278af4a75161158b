package dev.polyphony.identity.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.polyphony.identity.ApiKeyCredentials;
import dev.polyphony.identity.ApiKeyGrant;
import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.ApiKeySecret;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.identity.SecurityAlerts.InvalidAuth;
import dev.polyphony.identity.SecurityAlerts.Lockout;
import dev.polyphony.identity.SecurityAlerts.RevokedKeyUsed;
import dev.polyphony.identity.SecurityAlerts.SecurityAlert;
import dev.polyphony.identity.Tenants.Standing;
import dev.polyphony.identity.Tenants.State;
import dev.polyphony.identity.Tier;
import dev.polyphony.identity.automation.RecordKeyUse;
import dev.polyphony.identity.login.RefusedCredentials;
import dev.polyphony.platform.security.TooManyFailures;
import dev.polyphony.shared.TenantId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;

class BearerCredentialsTest {
    private static final int ALLOWED = 10;
    private static final TenantId ACME = new TenantId("acme");
    private static final String ATTACKER = "192.0.2.66";
    private static final String GOOD = key();
    private static final String REVOKED = key();

    private final Keys keys = new Keys();
    private final List<SecurityAlert> alerts = new ArrayList<>();
    private final AuthenticationProvider provider = new OpaqueTokenAuthenticationProvider(new ApiKeyIntrospector(
            keys,
            _ -> new Standing(State.ACTIVE, Tier.PRO, null),
            new RecordKeyUse(keys, Clock.systemUTC()),
            Clock.systemUTC(),
            () -> keys.nanos));
    private final BearerCredentials credentials = new BearerCredentials(
            (presented, _) -> Objects.requireNonNull(provider.authenticate(presented)),
            new RefusedCredentials(ALLOWED, () -> keys.nanos),
            alerts::add);

    @Test
    void looksNothingUpAfterTooManyFailuresFromAnAddress() {
        for (int i = 0; i < ALLOWED; i++) {
            assertThat(refusal(ATTACKER, key())).isInstanceOf(InvalidBearerTokenException.class);
        }
        assertThat(keys.looks).isEqualTo(ALLOWED);

        for (int i = 0; i < 1000; i++) {
            assertThat(refusal(ATTACKER, key())).isInstanceOf(TooManyFailures.class);
        }

        assertThat(keys.looks).isEqualTo(ALLOWED);
        assertThat(alerts).hasSize(ALLOWED + 1).contains(new InvalidAuth(ATTACKER, "api_key"));
        assertThat(alerts.getLast()).isEqualTo(new Lockout(ATTACKER, "api_key"));
    }

    @Test
    void letsInWhomItKnowsBehindAnAttackersAddress() {
        assertThat(refusal("192.0.2.1", GOOD)).isNull();
        for (int i = 0; i < 2 * ALLOWED; i++) {
            refusal(ATTACKER, "garbage" + i);
        }
        keys.nanos += 900_000_000;

        assertThat(refusal(ATTACKER, GOOD)).isNull();
        assertThat(keys.looks).isEqualTo(2);
    }

    @Test
    void queriesNothingForAMistypedKey() {
        assertThat(refusal(ATTACKER, GOOD.substring(0, 44) + (GOOD.endsWith("a") ? 'b' : 'a')))
                .isInstanceOf(InvalidBearerTokenException.class);

        assertThat(keys.looks).isZero();
        assertThat(alerts).containsExactly(new InvalidAuth(ATTACKER, "api_key"));
    }

    @Test
    void tellsTheTenantOfARevokedKeyThatItWasUsed() {
        assertThat(refusal(ATTACKER, REVOKED)).hasMessageContaining("revoked");

        assertThat(alerts).containsExactly(new RevokedKeyUsed(ATTACKER, ACME, "key-revoked"));
    }

    private @Nullable Throwable refusal(String address, String key) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/webhooks");
        request.setRemoteAddr(address);
        return catchThrowable(() -> credentials.resolve(request).authenticate(new BearerTokenAuthenticationToken(key)));
    }

    private static String key() {
        return ApiKeySecret.generate(new SecureRandom()).value();
    }

    private static final class Keys implements ApiKeyCredentials {
        private int looks;
        private long nanos;

        @Override
        public Optional<Credential> find(ApiKeySecret secret) {
            looks++;
            boolean revoked = secret.value().equals(REVOKED);
            return revoked || secret.value().equals(GOOD)
                    ? Optional.of(new Credential(
                            new ApiKeyId(revoked ? "key-revoked" : "key-good"),
                            new ApiKeyGrant(ACME, "app", Set.of(Role.USER), Scope.ALL, null),
                            revoked))
                    : Optional.empty();
        }

        @Override
        public boolean store(ApiKeyId keyId, ApiKeySecret secret, ApiKeyGrant grant, Instant othersValidUntil) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<ApiKeyId> validKeys(TenantId tenant) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void expire(ApiKeyId keyId, Instant end) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void revoke(ApiKeyId keyId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void recordUse(Map<ApiKeyId, Instant> uses) {}
    }
}
