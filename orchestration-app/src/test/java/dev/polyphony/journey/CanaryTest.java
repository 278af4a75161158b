package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.identity.ApiKeySecret;
import java.security.SecureRandom;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A key and a token that are sent in every place of a request come out in none. */
@ExtendWith(OutputCaptureExtension.class)
class CanaryTest extends ServerTest {
    private static final String KEY_CANARY =
            ApiKeySecret.generate(new SecureRandom()).value();
    private static final String TOKEN_CANARY =
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLW9mLWEtY2FuYXJ5";
    private static final String END = " HTTP/1.1|Host: localhost|Connection: close|";
    private static final String AUTH = "X-API-Key: " + KEY + "|";
    private static final Pattern GENERATED_KEY = Pattern.compile("ply_live_[0-9A-Za-z]{36}");

    @Test
    void comesOutNowhere(CapturedOutput log) {
        for (String canary : List.of(KEY_CANARY, TOKEN_CANARY)) {
            for (String request : everywhere(canary)) {
                RawRequest.Reply reply = RawRequest.sendFrom("127.0.0.78", port(), request);

                assertThat(reply.head() + "\r\n" + reply.body())
                        .as(request.replace(canary, "CANARY"))
                        .startsWith("HTTP/1.1 ")
                        .doesNotContain(canary);
            }
        }

        assertThat(log.getAll()).doesNotContain(KEY_CANARY, TOKEN_CANARY);
        assertThat(history()).doesNotContain(KEY_CANARY, TOKEN_CANARY);
        assertThat(api().get("/metrics").text() + api().get("/metrics/security").text())
                .doesNotContain(KEY_CANARY, TOKEN_CANARY);
    }

    private static List<String> everywhere(String canary) {
        String json = "Content-Type: application/json|Content-Length: %d||%s";
        String asField = "{\"" + canary + "\":1}";
        String asValue = "{\"name\":\"a\",\"roles\":[\"" + canary + "\"]}";
        String broken = "{\"name\":" + canary + "}";
        return List.of(
                "GET /agents" + END + "X-API-Key: " + canary + "||",
                "GET /agents" + END + "Authorization: Bearer " + canary + "||",
                "GET /agents" + END + "Authorization: Bearer " + canary + " " + canary + "||",
                "GET /agents" + END + "Authorization: Basic " + canary + "||",
                "GET /" + canary + END + "|",
                "GET /" + canary + END + AUTH + "|",
                "GET /api/v1/webhooks/" + canary + END + AUTH + "|",
                "GET /api/v1/api-keys/" + canary + END + AUTH + "|",
                "GET /api/v1/events?limit=" + canary + END + AUTH + "|",
                "GET /api/v1/events?" + canary + "=1" + END + AUTH + "|",
                "GET /api/v1/events?cursor=" + canary + END + AUTH + "|",
                "GET /api/v1/webhooks?access_token=" + canary + END + "|",
                "GET /api/../" + canary + END + "|",
                "GET /live?x=%00" + canary + END + "|",
                "GET /live" + END + "X-Request-ID: " + canary + "||",
                "GET /live" + END + "Cookie: session=" + canary + "||",
                "GET /live" + END + "Accept: " + canary + "||",
                "GET /live" + END + canary + ": 1||",
                canary.replace('.', '_') + " /live" + END + "|",
                "GET /agents" + END + AUTH + "X-Position: " + canary + "||",
                "GET /agents" + END + AUTH + "traceparent: " + canary + "||",
                "POST /api/v1/api-keys" + END + AUTH + json.formatted(asField.length(), asField),
                "POST /api/v1/api-keys" + END + AUTH + json.formatted(asValue.length(), asValue),
                "POST /api/v1/api-keys" + END + AUTH + json.formatted(broken.length(), broken),
                "POST /api/v1/api-keys" + END + AUTH + "Content-Type: " + canary + "|Content-Length: 2||{}",
                "POST /v1/" + canary + END + AUTH + json.formatted(2, "{}"),
                "POST /openai/v1/chat/completions" + END + AUTH + json.formatted(asField.length(), asField),
                "POST /ollama/api/" + canary + END + AUTH + json.formatted(2, "{}"));
    }

    private String history() {
        StringBuilder all = new StringBuilder();
        String page = "/api/v1/events?limit=1000";
        for (String cursor = ""; cursor != null; ) {
            Api.Reply reply = api().get(cursor.isEmpty() ? page : page + "&cursor=" + cursor);
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            all.append(reply.text());
            cursor = reply.json().at("/next_cursor").isString()
                    ? reply.json().at("/next_cursor").asString()
                    : null;
        }
        return all.toString();
    }

    @Test
    void isInNoExampleOfTheDescription() {
        List<String> keys = GENERATED_KEY
                .matcher(stranger().get("/openapi.json").text())
                .results()
                .map(found -> found.group())
                .toList();

        assertThat(keys).noneMatch(key -> new ApiKeySecret(key).isWellFormed());
    }
}
