package dev.polyphony.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import org.assertj.core.api.Assertions;

/** Bytes as no HTTP client would send them, and what comes back. */
final class RawRequest {
    private static final int PATIENCE_MILLIS = 60_000;

    private RawRequest() {}

    record Reply(int status, String head, String body) {
        boolean has(String header) {
            return head.toLowerCase(Locale.ROOT).contains("\r\n" + header.toLowerCase(Locale.ROOT) + ":");
        }
    }

    /** @param text everything, with its empty line; {@code |} stands for the end of a line */
    static Reply send(int port, String text) {
        return sendFrom("127.0.0.1", port, text);
    }

    /** @param address another one of the loopback network, so that the server takes it for somebody else */
    static Reply sendFrom(String address, int port, String text) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(address), 0)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(text.replace("|", "\r\n").getBytes(ISO_8859_1));
            String reply = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            Assertions.assertThat(reply).startsWith("HTTP/1.1 ");
            int end = reply.indexOf("\r\n\r\n");
            return new Reply(
                    Integer.parseInt(reply.substring(9, 12)), reply.substring(0, end), reply.substring(end + 4));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
