package dev.polyphony.shared.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretDetectorTest {
    private final SecretDetector detector = SecretDetector.standard();

    /** A mark of two characters stands where it is taken out, so that no scanner takes these examples for keys. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=hunter2",
                "password = hunter2",
                "PASSWORD: hunter2",
                "DB_PASSWORD=swordfish",
                "db.password=swordfish # for now",
                "the password is hunter2, change it",
                "\"apiKey\": \"swordfish\"",
                "spring.datasource.password: swordfish",
                "--password hunter2",
                "curl -u admin:swordfish https://example.org",
                "sk_~~live_4eC39HqLyjWDarjtT1zdp7dc",
                "rk_~~live_4eC39HqLyjWDarjtT1zdp7dc",
                "Authorization: Bearer abc123def456",
                "Bearer ey~~JhbGciOiJIUzI1NiJ9.ey~~JzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
                "postgres://user:pw@host/db",
                "amqp://user:p%40ss/word@host",
                "https://0123456789abcdef@sentry.example.org/1",
                "xo~~xb-2134567890-abcdefghij",
                "AI~~zaSyA1234567890abcdefghijklmnopqrstuvw",
                "github_~~pat_11ABCDEFG0aaaaaaaaaaaa_bbbbbbbb",
                "gh~~p_abcdefghijklmnopqrstuvwxyz0123456789",
                "gl~~pat-abcdefghij0123456789",
                "AK~~IAQ3EGRT7ZB5XKLM2P",
                "sk-~~ant-api03-abcdefghijklmnop",
                "sk-~~proj-abcdefghijklmnop",
                "hf_~~abcdefghijklmnopqrstuvwxyzabcdefgh",
                "npm_~~abcdefghijklmnopqrstuvwxyz0123456789",
                "SG.~~abcdefghijklmnop.qrstuvwxyz",
                "SK~~0123456789abcdef0123456789abcdef",
                "123456789:AA~~abcdefghijklmnopqrstuvwxyz0123456",
                "dop_~~v1_0123456789abcdef0123456789abcdef",
                "AccountKey=abcdefghijklmnop0123456789+/==",
                "ply_~~live_abcdefgh12345678",
                "whsec_~~MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "https://hooks.slack.com/services/T0000/B0000/XXXXXXXX",
                "the deploy value 9f86d081884c7d659a2feaa0c55ad015 is old",
                "-----BEGIN OPENSSH ~~PRIVATE KEY-----",
                "Server=db;User Id=sa;Password=abc;"
            })
    void marksSecrets(String example) {
        assertThat(detector.marks("rotate this: " + example.replace("~~", ""))).isTrue();
        assertThat(detector.marks("x".repeat(9_000) + " " + example.replace("~~", "")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "handle retries of failed payments",
                "read the password from the environment",
                "the token expires too early",
                "token: handle expiry in the client",
                "password = ${DB_PASSWORD}",
                "raise max_tokens to 600",
                "see docs/adr/0007-dependencies.md and src/main/java/dev/polyphony/App1.java",
                "see https://example.org:8080/path@2x.png and issue 123456789012345",
                "see 123e4567-e89b-12d3-a456-426614174000",
                "rename findsLiteralPasswordsAndNeverRepeatsThem",
                "ask the author: who owns this?",
                "basic authentication is missing, bearer tokens too",
                "the secret store is not used yet",
                "skip-links and task-lists-are-not-keys",
                "release 2026-07-01-rc1 needs notes"
            })
    void leavesOrdinaryLinesAlone(String line) {
        assertThat(detector.matches("TODO " + line)).isEmpty(); // finding-marker
    }

    @Test
    void marksAllLinesOfAPrivateKey() {
        List<String> lines = List.of(
                "before",
                "-----BEGIN RSA " + "PRIVATE KEY-----",
                "Proc-Type: 4,ENCRYPTED",
                "",
                "MIIEvQIBADANBgkqhkiG9w0BAQEF",
                "AASCBKcw==",
                "-----END RSA " + "PRIVATE KEY-----",
                "after");

        assertThat(detector.markedLines(lines, () -> {}).stream()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void redactsTheSecretAndNothingElse() {
        assertThat(detector.redacted("a\r\nuse password=hunter2 now\npostgres://u:pw@host/db\n"))
                .isEqualTo("a\r\nuse password=[redacted] now\npostgres://[redacted]host/db\n");
    }

    @Test
    void marksASecretThatIsSpreadOverTwoLines() {
        assertThat(detector.marks("the password =\nhunter2")).isTrue();
    }

    @Test
    void everyRuleCompiles() {
        assertThat(SecretRules.load().all())
                .hasSizeGreaterThan(200)
                .allSatisfy(rule -> assertThat(rule.pattern()).isNotNull());
    }

    @Test
    void asksWhetherToGoOnWhileItReadsALongLine() {
        int[] asked = {0};

        detector.matches("token key secret ".repeat(60_000), () -> asked[0]++);

        assertThat(asked[0]).isGreaterThan(300);
    }
}
