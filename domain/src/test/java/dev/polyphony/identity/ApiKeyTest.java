package dev.polyphony.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.identity.ApiKeyCommand.IssueApiKey;
import dev.polyphony.identity.ApiKeyCommand.RevokeApiKey;
import dev.polyphony.identity.ApiKeyCommand.RotateApiKey;
import dev.polyphony.identity.ApiKeyEvent.ApiKeyIssued;
import dev.polyphony.identity.ApiKeyEvent.ApiKeyRevoked;
import dev.polyphony.identity.ApiKeyEvent.ApiKeyRotated;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final ApiKeyId ID = new ApiKeyId("key-1");
    private static final Instant LATER = Instant.parse("2026-12-01T00:00:00Z");
    private static final ApiKeyGrant GRANT = new ApiKeyGrant(ACME, "app", Set.of(Role.USER), Scope.ALL, null);

    private final AggregateTestFixture<ApiKey> key = new AggregateTestFixture<>(ApiKey.class);

    @Test
    void isIssuedOnce() {
        key.givenNoPriorActivity()
                .when(new IssueApiKey(ID, GRANT, "why"))
                .expectResultMessagePayload(true)
                .expectEvents(new ApiKeyIssued(ID, GRANT, "why"));
        key.given(new ApiKeyIssued(ID, GRANT, "why"))
                .when(new IssueApiKey(ID, GRANT, "why"))
                .expectResultMessagePayload(false)
                .expectNoEvents();
    }

    @Test
    void isRotatedAndRevokedByItsTenant() {
        key.given(new ApiKeyIssued(ID, GRANT, ""))
                .when(new RotateApiKey(ID, ACME, LATER))
                .expectEvents(new ApiKeyRotated(ID, LATER));
        key.given(new ApiKeyIssued(ID, GRANT, ""))
                .when(new RevokeApiKey(ID, ACME))
                .expectEvents(new ApiKeyRevoked(ID));
    }

    @Test
    void isUnknownToOthersAndOnceItIsRevoked() {
        key.given(new ApiKeyIssued(ID, GRANT, ""))
                .when(new RevokeApiKey(ID, TenantId.DEFAULT))
                .expectException(Rejection.class);
        key.given(new ApiKeyIssued(ID, GRANT, ""), new ApiKeyRevoked(ID))
                .when(new RotateApiKey(ID, ACME, LATER))
                .expectException(Rejection.class);
        key.given(new ApiKeyIssued(ID, GRANT, ""), new ApiKeyRevoked(ID))
                .when(new IssueApiKey(ID, GRANT, ""))
                .expectResultMessagePayload(false)
                .expectNoEvents();
        key.givenNoPriorActivity().when(new RevokeApiKey(ID, ACME)).expectException(Rejection.class);
    }

    @Test
    void isNotRevokedWhenItIsConfigured() {
        key.given(new ApiKeyIssued(ApiKeyId.CONFIGURED, GRANT, ""))
                .when(new RevokeApiKey(ApiKeyId.CONFIGURED, ACME))
                .expectNoEvents()
                .expectException(Rejection.class);
    }

    @Test
    void hasASecretThatTellsWhenItIsMistyped() {
        SecureRandom random = new SecureRandom();
        Set<String> seen = new HashSet<>();
        for (int round = 0; round < 200; round++) {
            String secret = ApiKeySecret.generate(random).value();
            assertThat(secret).matches("ply_live_[0-9A-Za-z]{36}");
            assertThat(seen.add(secret)).isTrue();
            assertThat(new ApiKeySecret(secret).isWellFormed()).isTrue();
            int place = 9 + random.nextInt(36);
            char other = secret.charAt(place) == '0' ? '1' : '0';
            assertThat(new ApiKeySecret(secret.substring(0, place) + other + secret.substring(place + 1))
                            .isWellFormed())
                    .isFalse();
        }
        assertThat(new ApiKeySecret(seen.iterator().next())).hasToString("ApiKeySecret[hidden]");
    }

    @Test
    void hasTheChecksumOfItsRandomPart() {
        CRC32 crc = new CRC32();
        crc.update("0".repeat(30).getBytes(US_ASCII));
        assertThat(new ApiKeySecret("ply_live_" + "0".repeat(30) + base62(crc.getValue())).isWellFormed())
                .isTrue();
    }

    private static String base62(long value) {
        String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        return value == 0 ? "" : base62(value / 62) + digits.charAt((int) (value % 62));
    }

    @ParameterizedTest
    @CsvSource({
        "admin, runs:write, true",
        "write, runs:write, true",
        "read, runs:write, false",
        "runs:admin, runs:write, true",
        "runs:read, runs:write, false",
        "webhooks:admin, runs:write, false",
        "runs:admin, write, false",
        "write, read, true",
    })
    void hasScopesThatIncludeOthers(String held, String wanted, boolean included) {
        assertThat(new Scope(held).includes(new Scope(wanted))).isEqualTo(included);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "all", "runs", "runs:", ":read", "runs:execute", "Runs:read", "runs:read:write", "runs: read"
            })
    void hasScopesOfOneForm(String text) {
        assertThatThrownBy(() -> new Scope(text)).hasMessageContaining("a scope is read, write or admin");
    }
}
