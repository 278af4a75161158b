package dev.polyphony.webhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.polyphony.shared.Rejection;
import dev.polyphony.webhooks.SigningSecret;
import dev.polyphony.webhooks.signing.WebhookVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code polyphony receive}: prints each delivery and whether its signature is right. */
@Command(
        name = "receive",
        description = "Receives webhooks on this machine, verifies them and prints them, until Ctrl-C.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:the wanted number was received", "2:it cannot listen, or the command is wrong"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class ReceiveCommand implements Callable<Integer> {
    private static final int MAX_BODY = 16 * 1024 * 1024;
    private static final int ACCEPTED = 204;
    private static final int REFUSED = 401;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--secret",
            paramLabel = "SECRET",
            required = true,
            description = "the webhook's signing secret, as it was given or shown at its registration")
    private String secret;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "9000", description = "default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "0",
            description = "ends after so many verified deliveries; 0, the default, for never")
    private int count;

    private final Clock clock = Clock.systemUTC();
    private CountDownLatch wanted;
    private WebhookVerifier verifier;

    private ReceiveCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        wanted = new CountDownLatch(Math.max(1, count));
        try {
            verifier = new WebhookVerifier(SigningSecret.of(secret));
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext("/", this::receive);
            server.start();
            say("Listening on http://localhost:" + server.getAddress().getPort());
            wanted.await();
            server.stop(1);
            return ExitCode.OK;
        } catch (Rejection wrong) {
            return complain(String.valueOf(wrong.getMessage()));
        } catch (BindException taken) {
            return complain("Port %d cannot be listened on (%s): choose another with --port."
                    .formatted(port, taken.getMessage()));
        } catch (IOException | IllegalArgumentException failure) {
            return complain("It cannot listen on port %d: %s".formatted(port, failure.getMessage()));
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY);
            var headers = exchange.getRequestHeaders();
            Optional<String> complaint = verifier.complaint(
                    new WebhookVerifier.Headers(
                            headers.getFirst("webhook-id"),
                            headers.getFirst("webhook-timestamp"),
                            headers.getFirst("webhook-signature")),
                    body,
                    clock.instant());
            exchange.sendResponseHeaders(complaint.isEmpty() ? ACCEPTED : REFUSED, -1);
            say(complaint.map(why -> "NOT VERIFIED: " + why).orElse("verified") + "  "
                    + printable(headers.getFirst("webhook-id") + "  " + new String(body, UTF_8)));
            if (complaint.isEmpty() && count > 0) {
                wanted.countDown();
            }
        }
    }

    /** What comes from elsewhere may hold what a terminal would act on. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private int complain(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
        return ExitCode.USAGE;
    }
}
