package dev.polyphony.identity.login;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.github.benmanes.caffeine.cache.Ticker;
import java.security.InvalidKeyException;
import java.time.Clock;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

/** What logging in costs, and which codes count. */
class LoginWorkTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final Counting encoder = new Counting();
    private final Passwords passwords = new Passwords(encoder, 1);
    private final OneTimeCodes codes = new OneTimeCodes(Clock.fixed(NOW, UTC));

    @Test
    void hashesAsOftenForSomebodyWhoIsNotKnown() {
        passwords.matches("to begin with", null);
        int known = work(
                () -> assertThat(passwords.matches("wrong", "hash of right")).isFalse());
        int right = work(
                () -> assertThat(passwords.matches("right", "hash of right")).isTrue());
        int unknown = work(() -> assertThat(passwords.matches("right", null)).isFalse());
        int tooLong = work(() ->
                assertThat(passwords.matches("x".repeat(1000), "hash of right")).isFalse());

        assertThat(known).isEqualTo(1);
        assertThat(right).isEqualTo(1);
        assertThat(unknown).isEqualTo(1);
        assertThat(tooLong).isEqualTo(1);
    }

    private int work(Runnable attempt) {
        int before = encoder.hashes.get();
        attempt.run();
        return encoder.hashes.get() - before;
    }

    @Test
    void takesTheCodeOfTheStepBeforeAndTheStepAfter() throws InvalidKeyException {
        byte[] secret = codes.newSecret();
        long step = NOW.getEpochSecond() / 30;

        assertThat(codes.step(code(secret, NOW), secret)).isEqualTo(OptionalLong.of(step));
        assertThat(codes.step(code(secret, NOW.minusSeconds(30)), secret)).isEqualTo(OptionalLong.of(step - 1));
        assertThat(codes.step(code(secret, NOW.plusSeconds(30)), secret)).isEqualTo(OptionalLong.of(step + 1));
        assertThat(codes.step(code(secret, NOW.minusSeconds(60)), secret)).isEmpty();
        assertThat(codes.step(code(secret, NOW.plusSeconds(60)), secret)).isEmpty();
    }

    @Test
    void makesTenBackupCodesThatNobodyMisreads() {
        assertThat(codes.newBackupCodes())
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[ABCDEFGHJKMNPQRSTUVWXYZ23456789]{8}"));
    }

    @Test
    void refusesToHashWhatIsTooShortOrTooLong() {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> passwords.hash("seven77", "password"))
                .withMessageContaining("'password' has 7 characters")
                .withMessageNotContaining("seven77");
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> passwords.hash("x".repeat(257), "password"));
    }

    @Test
    void limitsAnAddressAndStillLooksAtWhatWasRight() {
        AtomicLong nanos = new AtomicLong();
        Ticker ticker = nanos::get;
        RefusedCredentials refused = new RefusedCredentials(3, ticker);
        ClientAddress attacker = ClientAddress.of("192.0.2.1");

        refused.succeeded("good");
        assertThat(refused.failed(attacker)).isFalse();
        assertThat(refused.failed(attacker)).isFalse();
        assertThat(refused.mayTry(attacker, "wrong")).isTrue();
        assertThat(refused.failed(attacker)).isTrue();

        assertThat(refused.mayTry(attacker, "wrong")).isFalse();
        assertThat(refused.mayTry(attacker, "good")).isTrue();
        assertThat(refused.mayTry(ClientAddress.of("192.0.2.2"), "wrong")).isTrue();
        nanos.addAndGet(60_000_000_001L);
        assertThat(refused.mayTry(attacker, "wrong")).isTrue();
    }

    @Test
    void countsTheAddressesOfOneIpv6NetworkTogether() {
        assertThat(ClientAddress.of("2001:db8:1:2::1").network())
                .isEqualTo(ClientAddress.of("2001:db8:1:2:ffff:1:2:3").network())
                .isNotEqualTo(ClientAddress.of("2001:db8:1:3::1").network());
        assertThat(ClientAddress.of("::ffff:192.0.2.1").network())
                .isEqualTo(ClientAddress.of("192.0.2.1").network());
    }

    private static String code(byte[] secret, Instant at) throws InvalidKeyException {
        TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator();
        return generator.generateOneTimePasswordString(new SecretKeySpec(secret, generator.getAlgorithm()), at);
    }

    private static final class Counting implements PasswordEncoder {
        private final AtomicInteger hashes = new AtomicInteger();

        @Override
        public String encode(@Nullable CharSequence password) {
            hashes.incrementAndGet();
            return "hash of " + password;
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
            return encode(password).equals(hash);
        }
    }
}
