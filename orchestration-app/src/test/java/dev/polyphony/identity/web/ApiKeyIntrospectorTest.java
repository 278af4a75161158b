package dev.polyphony.identity.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.polyphony.identity.ApiKeyCredentials;
import dev.polyphony.identity.ApiKeyGrant;
import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.ApiKeySecret;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.identity.Tenants.Standing;
import dev.polyphony.identity.Tenants.State;
import dev.polyphony.identity.Tier;
import dev.polyphony.identity.automation.RecordKeyUse;
import dev.polyphony.shared.TenantId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;

class ApiKeyIntrospectorTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final String KEY = ApiKeySecret.generate(new SecureRandom()).value();

    private final Credentials credentials = new Credentials();
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final RecordKeyUse uses = new RecordKeyUse(credentials, clock);
    private long nanos;
    private Standing standing = new Standing(State.ACTIVE, Tier.PRO, null);
    private final ApiKeyIntrospector introspector =
            new ApiKeyIntrospector(credentials, _ -> standing, uses, clock, () -> nanos);

    @Test
    void looksAKnownKeyUpOnceInHalfASecond() {
        credentials.isKnown(null, false);
        introspector.introspect(KEY);
        introspector.introspect(KEY);

        assertThat(credentials.looks).isEqualTo(1);
    }

    @Test
    void doesNotTakeAKeyForLongerThanASecondAfterItWasRevoked() {
        credentials.isKnown(null, false);
        introspector.introspect(KEY);

        credentials.isKnown(null, true);
        nanos = Duration.ofSeconds(1).toNanos();

        isRefused(KEY, "revoked");
    }

    @Test
    void takesAKeyAsSoonAsItIsIssued() {
        isRefused(KEY, "not known");

        credentials.isKnown(null, false);

        assertThat(introspector.introspect(KEY).getName()).isEqualTo("key:operator");
    }

    @Test
    void takesAKeyUntilItExpires() {
        credentials.isKnown(NOW.plusMillis(1), false);
        introspector.introspect(KEY);

        credentials.isKnown(NOW, false);
        nanos = Duration.ofSeconds(1).toNanos();

        isRefused(KEY, "expired at " + NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ply_live_", "short", "ply_live_0123456789abcdefghijklmnopqrst000000"})
    void doesNotLookForWhatCanBeNoKey(String text) {
        isRefused(text, "mistyped");
        isRefused(KEY.substring(0, KEY.length() - 1), "mistyped");
        isRefused(KEY + "0", "mistyped");
        isRefused(KEY.substring(0, 12) + (KEY.charAt(12) == 'x' ? 'y' : 'x') + KEY.substring(13), "mistyped");

        assertThat(credentials.looks).isZero();
    }

    @Test
    void writesDownWhenAKeyWasUsed() {
        credentials.isKnown(null, false);
        introspector.introspect(KEY);
        uses.flush();

        assertThat(credentials.uses).isEqualTo(Map.of(Credentials.ID, NOW));
        credentials.uses = Map.of();
        uses.flush();
        assertThat(credentials.uses).isEmpty();
    }

    private void isRefused(String key, String why) {
        assertThatExceptionOfType(BadOpaqueTokenException.class)
                .isThrownBy(() -> introspector.introspect(key))
                .withMessageContaining(why);
    }

    private static final class Credentials implements ApiKeyCredentials {
        private static final ApiKeyId ID = new ApiKeyId("key-1");

        private Optional<Credential> known = Optional.empty();
        private Map<ApiKeyId, Instant> uses = Map.of();
        private int looks;

        void isKnown(@Nullable Instant expiresAt, boolean revoked) {
            known = Optional.of(new Credential(
                    ID,
                    new ApiKeyGrant(TenantId.DEFAULT, "operator", Set.of(Role.ADMIN), Scope.ALL, expiresAt),
                    revoked));
        }

        @Override
        public Optional<Credential> find(ApiKeySecret secret) {
            looks++;
            return known;
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
        public void recordUse(Map<ApiKeyId, Instant> recorded) {
            uses = recorded;
        }
    }
}
