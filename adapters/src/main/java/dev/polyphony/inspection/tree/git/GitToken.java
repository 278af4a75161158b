package dev.polyphony.inspection.tree.git;

import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * What a private repository is read with. It is sent to one server and to no other, whatever that one redirects to.
 *
 * @param origin scheme, host and port, such as {@code https://git.example.org}
 * @param username what goes before it; most hosts take any
 */
public record GitToken(URI origin, String username, String secret) {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    public GitToken {
        if (origin.getHost() == null
                || !(origin.getPath().isEmpty() || origin.getPath().equals("/"))) {
            throw new IllegalArgumentException(
                    "the origin of a git token is a scheme, a host and perhaps a port, such as"
                            + " https://git.example.org, not "
                            + origin);
        }
        if (secret.isBlank()) {
            throw new IllegalArgumentException("the git token for " + origin + " is empty");
        }
    }

    /** Whether it may be sent there. */
    boolean isFor(URL url) {
        return isFor(URI.create(url.getProtocol() + "://" + url.getAuthority()));
    }

    boolean isFor(URI url) {
        return url.getHost() != null
                && origin.getHost().equalsIgnoreCase(url.getHost())
                && scheme(origin).equals(scheme(url))
                && port(origin) == port(url);
    }

    String authorization() {
        byte[] pair = (username + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static String scheme(URI url) {
        return String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    }

    private static int port(URI url) {
        int usual = scheme(url).equals("https") ? HTTPS : HTTP;
        return url.getPort() < 0 ? usual : url.getPort();
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "git token for " + origin;
    }
}
