package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.polyphony.journey.Api.Reply;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Users who log in, renew their session and log out. */
class LogInTest extends ServerTest {
    private static final String PASSWORD = "correct horse battery staple";

    private final String username = "ada." + UUID.randomUUID() + "@example.com";

    @Test
    void givesAUserTokensThatOpenTheApi() {
        String id = create("\"roles\": [\"user\"]");

        JsonNode pair = logIn(PASSWORD, null).json();

        assertThat(pair.get("token_type").asString()).isEqualTo("bearer");
        assertThat(pair.get("expires_in").asLong()).isBetween(3500L, 3601L);
        assertThat(pair.get("scopes").toString()).isEqualTo("[\"read\",\"write\"]");
        Api user = bearer(pair.get("access_token").asString());
        assertThat(user.get("/api/v1/webhooks").status()).isEqualTo(200);
        assertThat(user.get("/api/v1/users/" + id).json().get("username").asString())
                .isEqualTo(username);
        assertThat(user.get("/api/v1/users").status()).isEqualTo(403);
    }

    @Test
    void refusesAWrongPasswordAndAnUnknownUserAlike() {
        create("\"roles\": [\"user\"]");

        Reply wrong = logIn("another password", null);
        Reply unknown = stranger()
                .post("/auth/token", "{\"username\":\"nobody-%s\",\"password\":\"x\"}".formatted(UUID.randomUUID()));

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.json().get("message")).isEqualTo(wrong.json().get("message"));
    }

    @Test
    void rotatesRefreshTokensAndLogsOut() {
        create("\"roles\": [\"user\"]");
        JsonNode first = logIn(PASSWORD, null).json();

        JsonNode second = refresh(first).json();
        assertThat(second.get("refresh_token")).isNotEqualTo(first.get("refresh_token"));
        assertThat(refresh(first).status()).isEqualTo(401);

        Api user = bearer(second.get("access_token").asString());
        assertThat(user.get("/api/v1/webhooks").status()).isEqualTo(200);
        assertThat(user.post("/auth/logout", "{}").status()).isEqualTo(204);
        assertThat(user.get("/api/v1/webhooks").status()).isEqualTo(401);
        assertThat(refresh(second).status()).isEqualTo(401);
    }

    @Test
    void takesASecondFactorOnceItIsConfirmed() throws InvalidKeyException {
        String id = create("\"roles\": [\"user\"]");
        Api user = bearer(logIn(PASSWORD, null).json().get("access_token").asString());
        JsonNode offer = user.post("/api/v1/users/" + id + "/mfa", "").json();
        assertThat(offer.get("otpauth_uri").asString()).startsWith("otpauth://totp/Polyphony:");
        byte[] secret = Base32.decode(padded(offer.get("secret").asString()));
        String code = code(secret, Instant.now());

        Reply confirmed = user.post("/api/v1/users/" + id + "/mfa/confirmation", "{\"code\":\"%s\"}".formatted(code));

        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        JsonNode backupCodes = confirmed.json().get("backup_codes");
        assertThat(backupCodes.size()).isEqualTo(10);
        assertThat(logIn(PASSWORD, null).status()).isEqualTo(401);
        assertThat(logIn(PASSWORD, code).status()).as("a code that was used").isEqualTo(401);
        assertThat(logIn(PASSWORD, backupCodes.get(0).asString()).status()).isEqualTo(200);
        assertThat(logIn(PASSWORD, backupCodes.get(0).asString()).status()).isEqualTo(401);
        assertThat(logIn(PASSWORD, code(secret, Instant.now().plusSeconds(30))).status())
                .as("the next step")
                .isEqualTo(200);
    }

    private static String padded(String base32) {
        return base32 + "=".repeat((8 - base32.length() % 8) % 8);
    }

    private static String code(byte[] secret, Instant at) throws InvalidKeyException {
        TimeBasedOneTimePasswordGenerator codes = new TimeBasedOneTimePasswordGenerator();
        return codes.generateOneTimePasswordString(new SecretKeySpec(secret, codes.getAlgorithm()), at);
    }

    private String create(String more) {
        Reply created = api().post(
                        "/api/v1/users",
                        "{\"username\":\"%s\",\"password\":\"%s\",%s}".formatted(username, PASSWORD, more));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json().get("id").asString();
    }

    private Reply logIn(String password, @org.jspecify.annotations.Nullable String code) {
        String mfa = code == null ? "" : ",\"mfa_code\":\"" + code + "\"";
        return stranger()
                .post("/auth/token", "{\"username\":\"%s\",\"password\":\"%s\"%s}".formatted(username, password, mfa));
    }

    private Reply refresh(JsonNode pair) {
        return stranger().post("/auth/refresh", "{\"refresh_token\":%s}".formatted(pair.get("refresh_token")));
    }

    private Api bearer(String token) {
        return new Api("http://localhost:" + port(), "Authorization", "Bearer " + token);
    }
}
