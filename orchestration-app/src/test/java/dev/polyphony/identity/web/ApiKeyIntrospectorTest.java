package dev.polyphony.identity.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.ApiKeySecret;
import dev.polyphony.identity.ApiKeys;
import dev.polyphony.identity.ApiKeys.ApiKeyView;
import dev.polyphony.identity.Role;
import dev.polyphony.shared.TenantId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;

class ApiKeyIntrospectorTest {
    private static final String KEY = "a-key-of-at-least-thirty-two-characters";

    private final Directory directory = new Directory();
    private long now;
    private final ApiKeyIntrospector introspector = new ApiKeyIntrospector(directory, () -> now);

    @Test
    void looksAKnownKeyUpOnceInASecond() {
        directory.knows = true;
        introspector.introspect(KEY);
        introspector.introspect(KEY);

        assertThat(directory.looks).isEqualTo(1);
    }

    @Test
    void doesNotTakeAKeyForLongerThanASecondAfterItWasRevoked() {
        directory.knows = true;
        introspector.introspect(KEY);

        directory.knows = false;
        now = Duration.ofSeconds(1).toNanos();

        assertThatExceptionOfType(BadOpaqueTokenException.class).isThrownBy(() -> introspector.introspect(KEY));
    }

    @Test
    void takesAKeyAsSoonAsItIsIssued() {
        assertThatExceptionOfType(BadOpaqueTokenException.class).isThrownBy(() -> introspector.introspect(KEY));

        directory.knows = true;

        assertThat(introspector.introspect(KEY).getName()).isEqualTo("key:operator");
    }

    private static final class Directory implements ApiKeys {
        private boolean knows;
        private int looks;

        @Override
        public Optional<ApiKeyView> find(ApiKeySecret secret) {
            looks++;
            return knows
                    ? Optional.of(new ApiKeyView(new ApiKeyId("k1"), new TenantId("default"), "operator", Role.ADMIN))
                    : Optional.empty();
        }
    }
}
