package dev.polyphony.webhooks.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import dev.polyphony.PolyphonyCommand;
import dev.polyphony.webhooks.SigningSecret;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReceiveCommandTest {
    private static final String SECRET = "a-secret-for-the-tour";
    private static final Pattern ADDRESS = Pattern.compile("Listening on (http://localhost:\\d+)");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void showsWhatIsVerifiedAndWhatIsNot() throws Exception {
        CompletableFuture<Integer> command = CompletableFuture.supplyAsync(
                () -> run("receive", "--secret", SECRET, "--port", "0", "--count", "1"), Thread.ofVirtual()::start);
        await().atMost(20, SECONDS).until(() -> ADDRESS.matcher(out.toString()).find());
        Matcher address = ADDRESS.matcher(out.toString());
        assertThat(address.find()).isTrue();

        assertThat(send(address.group(1), "{\"event\":\"workflow.failed\"}", "v1,AAAA"))
                .isEqualTo(401);
        assertThat(send(address.group(1), "{\"event\":\"workflow.completed\"}", null))
                .isEqualTo(204);

        assertThat(command.get(20, SECONDS)).isZero();
        assertThat(out.toString())
                .contains("NOT VERIFIED: webhook-signature does not match: another secret, or another body  msg_1  "
                        + "{\"event\":\"workflow.failed\"}")
                .contains("verified  msg_1  {\"event\":\"workflow.completed\"}");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("receive", "--secret", SECRET, "--port", String.valueOf(taken.getLocalPort())))
                    .isEqualTo(2);
            assertThat(err.toString()).contains("Port " + taken.getLocalPort() + " cannot be listened on");
        }
        assertThat(run("receive", "--secret", "short", "--port", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("8 to 256 characters");
        assertThat(run("receive")).isEqualTo(2);
        assertThat(err.toString()).contains("--secret=SECRET");
        assertThat(run("receive", "--secret", SECRET, "--port", "99999")).isEqualTo(2);
    }

    private int run(String... arguments) {
        return PolyphonyCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static int send(String url, String body, @Nullable String signature) throws Exception {
        long now = Instant.now().getEpochSecond();
        String right = new Webhook(SigningSecret.of(SECRET).text()).sign("msg_1", now, body);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("webhook-id", "msg_1")
                .header("webhook-timestamp", String.valueOf(now))
                .header("webhook-signature", signature == null ? right : signature)
                .POST(BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
