package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.journey.Api.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bare address, opened by a person or a program without a key. */
class WelcomeTest extends ServerTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

    @Test
    void showsAPersonAPageThatLoadsNothing() throws Exception {
        Reply page = stranger().get("/", "Accept", BROWSER);

        assertThat(page.status()).as(page.text()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Vary")).contains("Accept");
        assertThat(page.text())
                .contains("All is well", "href=\"/docs\"", "admin-key", "X-API-Key")
                .doesNotContain(KEY)
                .doesNotContain("http://", "https://", "<script", "<img", "<link", "style=\"");
        Matcher style = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL).matcher(page.text());
        assertThat(style.find()).isTrue();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8));
        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; style-src 'sha256-"
                        + Base64.getEncoder().encodeToString(hash)
                        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/json, text/html;q=0.5",
                "text/plain",
                "text/html;q=0, application/json"
            })
    void answersAProgramInJson(String accept) {
        Reply reply = stranger().get("/", "Accept", accept);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.json().at("/name").asString()).isEqualTo("Polyphony");
        assertThat(reply.json().at("/status").asString()).isEqualTo("healthy");
        assertThat(reply.json().at("/links/docs").asString()).isEqualTo("/docs");
    }
}
