package dev.polyphony.providers.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@value #VARIABLE} as Ollama does: host, port, both, or a URL, each of which may be left out. Without a scheme the port is 11434,
 * with one it is the scheme's. An address that means "all of this machine's" is called at loopback.
 */
final class OllamaHost {
    static final String VARIABLE = "OLLAMA_HOST";

    private static final String DEFAULT_PORT = "11434";
    private static final int MAX_PORT = 65_535;
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<scheme>(?i:https?))://)?(?<host>\\[[0-9A-Fa-f:.]+]|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*|[^:/\\s\\[\\]?#@]*)(?::(?<port>\\d{1,5}))?(?<path>/[^\\s?#]*)?");

    private OllamaHost() {}

    /** @throws IllegalArgumentException naming the variable */
    static String baseUrl(String value) {
        Matcher form =
                FORM.matcher(value.strip().replaceAll("^[\"']|[\"']$", "").strip());
        if (!form.matches()) {
            throw refused(value);
        }
        String scheme =
                form.group("scheme") == null ? null : form.group("scheme").toLowerCase(Locale.ROOT);
        String port = form.group("port");
        if (port != null && Integer.parseInt(port) > MAX_PORT) {
            throw refused(value);
        }
        String path = form.group("path") == null ? "" : form.group("path").replaceAll("/+$", "");
        String suffix = port != null ? ":" + port : scheme == null ? ":" + DEFAULT_PORT : "";
        return (scheme == null ? "http" : scheme) + "://" + host(form.group("host")) + suffix + path;
    }

    private static String host(String host) {
        String bare = host.replaceAll("[\\[\\]]", "");
        if (bare.isEmpty() || bare.equals("0.0.0.0")) {
            return "127.0.0.1";
        }
        if (bare.matches("[0:]*:[0:]*")) {
            return "[::1]";
        }
        return bare.contains(":") ? "[" + bare + "]" : bare;
    }

    private static IllegalArgumentException refused(String value) {
        return new IllegalArgumentException(
                "%s: '%s' is no address of an Ollama server, such as 127.0.0.1:11434 or https://ollama.example.com"
                        .formatted(VARIABLE, value));
    }
}
