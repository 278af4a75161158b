package dev.polyphony.eventstore.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.eventstore.chain.StoredHash;
import java.security.KeyPair;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key is that of test 1 in RFC 8032; everything else that is expected comes from openssl. */
class CheckpointTest {
    private static final String PRIVATE = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
        -----END PRIVATE KEY-----
        """;
    private static final String PUBLIC = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
        -----END PUBLIC KEY-----
        """;
    private static final String SIGNATURE =
            "V5tOkQgzMcwNVlUveA8tVDI6pHEHNvBgIRKDm8Cg77j0A6tcQkfKVbg2TF5pTvmELsLpEN+gwFyfy/QSDdZVBQ==";
    private static final KeyPair KEYS = Pem.keyPair(PRIVATE);
    private static final StoredHash SEVENTH = new StoredHash(7, "0".repeat(64));
    private static final Instant TIME = Instant.parse("2026-03-01T10:00:00.123Z");

    @Test
    void isSignedAsOpensslSigns() {
        assertThat(Checkpoint.sign(SEVENTH, TIME, KEYS.getPrivate()).signature())
                .isEqualTo(SIGNATURE);
    }

    @Test
    void isCheckedWithAKeyFromOpenssl() {
        assertThat(new Checkpoint(7, "0".repeat(64), TIME, SIGNATURE).isSignedBy(Pem.publicKey(PUBLIC)))
                .isTrue();
    }

    @Test
    void vouchesForWhatItSaysOnly() {
        assertThat(new Checkpoint(8, "0".repeat(64), TIME, SIGNATURE).isSignedBy(KEYS.getPublic()))
                .isFalse();
        assertThat(new Checkpoint(7, "1".repeat(64), TIME, SIGNATURE).isSignedBy(KEYS.getPublic()))
                .isFalse();
        assertThat(new Checkpoint(7, "0".repeat(64), TIME.plusMillis(1), SIGNATURE).isSignedBy(KEYS.getPublic()))
                .isFalse();
        assertThat(new Checkpoint(7, "0".repeat(64), TIME, "no signature").isSignedBy(KEYS.getPublic()))
                .isFalse();
        assertThat(new Checkpoint(7, "0".repeat(64), TIME, "").isSignedBy(KEYS.getPublic()))
                .isFalse();
    }

    @Test
    void findsThePublicKeyOfAPrivateOne() {
        assertThat(Pem.of(KEYS.getPublic())).isEqualTo(PUBLIC);
        assertThat(Pem.keyPair(PRIVATE.replace('\n', ' ')).getPublic()).isEqualTo(KEYS.getPublic());
    }

    @Test
    void makesKeysThatDiffer() {
        assertThat(Pem.generate()).isNotEqualTo(Pem.generate());
        assertThat(Pem.keyPair(Pem.generate()).getPublic()).isNotEqualTo(KEYS.getPublic());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                PUBLIC,
                "-----BEGIN PRIVATE KEY-----",
                "-----END PRIVATE KEY----- -----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY----- AAAA -----END PRIVATE KEY-----"
            })
    void refusesWhatIsNoPrivateKey(String text) {
        assertThatThrownBy(() -> Pem.keyPair(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", PRIVATE, "-----BEGIN PUBLIC KEY----- AAAA -----END PUBLIC KEY-----"})
    void refusesWhatIsNoPublicKey(String text) {
        assertThatThrownBy(() -> Pem.publicKey(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
