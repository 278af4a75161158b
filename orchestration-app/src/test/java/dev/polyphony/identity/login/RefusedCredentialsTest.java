package dev.polyphony.identity.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedCredentialsTest {
    private static final int ALLOWED = 3;
    private static final ClientAddress HERE = ClientAddress.of("192.0.2.1");

    private long nanos;
    private final RefusedCredentials refused = new RefusedCredentials(ALLOWED, () -> nanos);

    @Test
    void looksAtNothingAfterTooManyFailures() {
        assertThat(refused.failed(HERE, "a")).isFalse();
        assertThat(refused.failed(HERE, "b")).isFalse();
        assertThat(refused.mayTry(HERE, "c")).isTrue();
        assertThat(refused.failed(HERE, "c")).isTrue();

        assertThat(refused.mayTry(HERE, "d")).isFalse();
        assertThat(refused.failed(HERE, "d")).isFalse();
        assertThat(refused.waitFor(HERE)).isEqualTo(Duration.ofMinutes(1));
        assertThat(refused.mayTry(ClientAddress.of("192.0.2.2"), "d")).isTrue();
    }

    @Test
    void looksAgainAMinuteAfterTheFirstFailureHoweverManyFollowed() {
        fail(ALLOWED);
        nanos = Duration.ofSeconds(45).toNanos();
        fail(1);
        assertThat(refused.waitFor(HERE)).isEqualTo(Duration.ofSeconds(15));

        nanos = Duration.ofSeconds(61).toNanos();

        assertThat(refused.mayTry(HERE, "new")).isTrue();
        assertThat(refused.waitFor(HERE)).isZero();
    }

    @Test
    void stillLooksAtWhatWasRightBeforeTheAttackOrElsewhere() {
        refused.succeeded("good");
        nanos = Duration.ofHours(23).toNanos();
        fail(ALLOWED);

        assertThat(refused.mayTry(HERE, "good")).isTrue();
        assertThat(refused.mayTry(HERE, "never seen")).isFalse();
    }

    @Test
    void forgetsWhatWasNotUsedForADay() {
        refused.succeeded("good");
        nanos = Duration.ofHours(25).toNanos();
        fail(ALLOWED);

        assertThat(refused.mayTry(HERE, "good")).isFalse();
    }

    @Test
    void doesNotLookAtARevokedKeyForeverBecauseItWasRightOnce() {
        refused.succeeded("revoked since");
        fail(ALLOWED);
        assertThat(refused.mayTry(HERE, "revoked since")).isTrue();

        refused.failed(HERE, "revoked since");

        assertThat(refused.mayTry(HERE, "revoked since")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.1, ::ffff:192.0.2.1, true"
    })
    void countsOneNetworkOfIpV6Together(String one, String other, boolean together) {
        for (int i = 0; i < ALLOWED; i++) {
            refused.failed(ClientAddress.of(one), "x");
        }

        assertThat(refused.mayTry(ClientAddress.of(other), "y")).isEqualTo(!together);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            refused.failed(HERE, "wrong" + i);
        }
    }
}
