package dev.polyphony.observability.web;

import dev.polyphony.observability.web.HealthReport.Check;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** The page for people. It loads nothing, and its only style is the one that its policy names by hash. */
final class WelcomePage {
    private static final String STYLE = """
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark; }
        h1 { margin-bottom: 0; } dt { font-weight: bold; margin-top: 1rem; } dd { margin: 0; } code { overflow-wrap: anywhere; }
        """;
    static final String CONTENT_POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private WelcomePage() {}

    static String of(String version, Map<String, Check> checks) {
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Polyphony</title>
            <style>%s</style>
            </head>
            <body>
            <h1>Polyphony</h1>
            <p>Version %s runs here. It runs many AI agents together and keeps all that happens in one history.</p>
            <dl>
            <dt>Health</dt>
            <dd><a href="/health">%s</a></dd>
            <dt>Endpoints</dt>
            <dd><a href="/docs">/docs</a> has every endpoint to try, <a href="/openapi.json">/openapi.json</a> describes them.</dd>
            <dt>Key</dt>
            <dd>Almost everything asks for an API key, in the header <code>X-API-Key</code>. The first start left an admin's in the file <code>admin-key</code> of the
            server's data directory, <code>.polyphony</code> where it was started, unless <code>POLYPHONY_API_KEY</code> gave one.</dd>
            <dt>Any OpenAI or Ollama client</dt>
            <dd>Base URL <code>/openai/v1</code>, host <code>/ollama</code>, with the same key.</dd>
            </dl>
            </body>
            </html>
            """.formatted(STYLE, HtmlUtils.htmlEscape(version), HtmlUtils.htmlEscape(health(checks)));
    }

    private static String health(Map<String, Check> checks) {
        String unwell = checks.entrySet().stream()
                .filter(check -> !check.getValue().isHealthy())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return unwell.isEmpty() ? "All is well" : "Not well: " + unwell;
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256, this one has not", e);
        }
    }
}
