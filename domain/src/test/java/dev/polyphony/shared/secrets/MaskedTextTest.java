package dev.polyphony.shared.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTextTest {
    private final SecretDetector detector = SecretDetector.standard();

    /** A mark of two characters stands where it is taken out, so that no scanner takes these examples for keys. */
    private static String without(String marked) {
        return marked.replace("~~", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ply_~~live_4eC39HqLyjWDarjtT1zdp7dcQ2w3E4r5",
                "whs~~ec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "gh~~p_abcdefghijklmnopqrstuvwxyz0123456789",
                "sk-~~ant-api03-abcdefghijklmnop1234",
                "AK~~IAQ3EGRT7ZB5XKLM2P",
                "ey~~JhbGciOiJIUzI1NiJ9.ey~~JzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
            })
    void hidesKeysWhereverTheyStand(String marked) {
        String key = without(marked);

        for (String text : new String[] {
            key, "it said: " + key + ", why?", "X-API-Key: " + key, "(" + key + ")", "line one\n" + key + "\nline three"
        }) {
            assertThat(detector.masked(text)).contains(SecretDetector.REDACTED).doesNotContain(key);
        }
    }

    @Test
    void hidesPasswordsOfUrlsAndThoseThatAreNamed() {
        assertThat(detector.masked("see postgres://anna:sword-fish@host/db"))
                .isEqualTo("see postgres://" + SecretDetector.REDACTED + "host/db");
        assertThat(detector.masked("password=hunter2 and more"))
                .doesNotContain("hunter2")
                .contains("and more");
        assertThat(detector.masked("Authorization: Bearer abc123def456")).doesNotContain("abc123def456");
    }

    @Test
    void hidesEveryLineOfAPrivateKey() {
        String text = without("""
            Here it is:
            -----BEGIN ~~RSA PRIVATE KEY-----
            MIIEpAIBAAKCAQEA7bqVLr
            Zm9vYmFyYmF6cXV4cXV1eA
            -----END ~~RSA PRIVATE KEY-----
            Bye.
            """);

        assertThat(detector.masked(text))
                .doesNotContain("MIIEpAIBAAKCAQEA7bqVLr", "Zm9vYmFy")
                .contains("Here it is:", "Bye.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The commit 3f2a1b9c4d5e6f708192a3b4c5d6e7f809a1b2c3 is green.",
                "Run 0b5c8f5e-6f0e-4c3c-9d8a-2f6f1c1b7a10 has ended.",
                "An ordinary sentence.",
                "",
            })
    void keepsWhatNothingNearItCallsASecret(String text) {
        assertThat(detector.masked(text)).isEqualTo(text);
    }

    @Test
    void keepsJsonValid() {
        String key = without("gh~~p_abcdefghijklmnopqrstuvwxyz0123456789");
        String json =
                "{\"token_id\": 123456789, \"note\" : \"a \\\"" + key + "\\\" b\", \"tokens\":[1234567],\"x\":\"y\"}";

        assertThat(detector.maskedJson(json))
                .isEqualTo("{\"token_id\": 123456789, \"note\" : \"a \\\"" + SecretDetector.REDACTED
                        + "\\\" b\", \"tokens\":[1234567],\"x\":\"y\"}");
    }

    @Test
    void hidesAPrivateKeyInAJsonString() {
        String json = without(
                "{\"pem\":\"-----BEGIN ~~PRIVATE KEY-----\\nMIIEpAIBAAKCAQEA7bqVLr\\n-----END ~~PRIVATE KEY-----\"}");

        assertThat(detector.maskedJson(json)).isEqualTo("{\"pem\":\"" + SecretDetector.REDACTED + "\"}");
    }
}
