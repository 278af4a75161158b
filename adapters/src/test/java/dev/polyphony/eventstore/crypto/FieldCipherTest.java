package dev.polyphony.eventstore.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FieldCipherTest {
    private static final byte[] PLAIN = "I am ill".getBytes(UTF_8);
    private static final byte[] HERE = "letters/1".getBytes(UTF_8);
    private static final byte[] ELSEWHERE = "letters/2".getBytes(UTF_8);

    @ParameterizedTest
    @EnumSource
    void decryptsWhatItHasEncrypted(FieldCipher cipher) throws Exception {
        for (byte[] plain : new byte[][] {PLAIN, {}, new byte[100_000]}) {
            byte[] encrypted = cipher.encrypt(key(1), plain, HERE);

            assertThat(encrypted).hasSizeGreaterThanOrEqualTo(plain.length + 16);
            assertThat(cipher.decrypt(key(1), encrypted, HERE)).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @EnumSource
    void decryptsNothingThatWasChangedOrMoved(FieldCipher cipher) {
        byte[] encrypted = cipher.encrypt(key(1), PLAIN, HERE);
        byte[] changed = encrypted.clone();
        changed[changed.length / 2] ^= 1;

        assertRefused(cipher, key(1), changed, HERE);
        assertRefused(cipher, key(1), encrypted, ELSEWHERE);
        assertRefused(cipher, key(2), encrypted, HERE);
        assertRefused(cipher, key(1), Arrays.copyOf(encrypted, encrypted.length - 1), HERE);
        assertRefused(cipher, key(1), new byte[] {1, 2, 3}, HERE);
        assertRefused(cipher, key(1), new byte[0], HERE);
    }

    @Test
    void encryptsACopyToTheSameBytesAndNothingElse() {
        byte[] copy = FieldCipher.DETERMINISTIC.encrypt(key(1), PLAIN, HERE);

        assertThat(FieldCipher.DETERMINISTIC.encrypt(key(1), PLAIN, HERE)).isEqualTo(copy);
        assertThat(FieldCipher.DETERMINISTIC.encrypt(key(1), PLAIN, ELSEWHERE)).isNotEqualTo(copy);
        assertThat(FieldCipher.DETERMINISTIC.encrypt(key(2), PLAIN, HERE)).isNotEqualTo(copy);
        assertThat(FieldCipher.RANDOMIZED.encrypt(key(1), PLAIN, HERE))
                .isNotEqualTo(FieldCipher.RANDOMIZED.encrypt(key(1), PLAIN, HERE));
    }

    private static void assertRefused(FieldCipher cipher, SecretKey key, byte[] encrypted, byte[] context) {
        assertThatThrownBy(() -> cipher.decrypt(key, encrypted, context)).isInstanceOf(GeneralSecurityException.class);
    }

    private static SecretKey key(int seed) {
        byte[] bits = new byte[32];
        bits[0] = (byte) seed;
        return new SecretKeySpec(bits, "AES");
    }
}
