package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.PolyphonyCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeyCliTest extends ServerTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path home;

    @Test
    void issuesListsAndRevokesAKey() throws Exception {
        assertThat(run(url(), "generate", "--name", "My App", "--role", "user", "--scope", "read,runs:write"))
                .isZero();
        String key = out.toString().strip();
        assertThat(key).matches("ply_live_\\w{36}");
        assertThat(api(key).get("/api/v1/webhooks").status()).isEqualTo(200);
        String id = err.toString().replaceAll("(?s)^The key (\\S+) of.*", "$1");

        assertThat(run(url(), "list")).isZero();
        assertThat(out.toString()).contains(id + "  My App  [\"user\"]").doesNotContain(key + "  ");

        assertThat(run(url(), "revoke", id)).isZero();
        await().until(() -> api(key).get("/api/v1/webhooks").status() == 401);
    }

    @Test
    void saysInOneLineWhatIsWrong() throws Exception {
        assertThat(run(url(), "generate", "--name", "My App", "--role", "root")).isEqualTo(1);
        assertThat(run(url(), "revoke", "key-of-nobody")).isEqualTo(1);
        assertThat(run("http://localhost:1", "list")).isEqualTo(1);
        assertThat(PolyphonyCommand.commandLine()
                        .setErr(new PrintWriter(err, true))
                        .execute(
                                "api-key",
                                "list",
                                "--key-file",
                                home.resolve("none").toString()))
                .isEqualTo(1);
        assertThat(run(url(), "generate")).isEqualTo(2);

        assertThat(err.toString())
                .contains("roles", "there is no API key key-of-nobody", "There is no server at http://localhost:1")
                .contains("none cannot be read: set POLYPHONY_API_KEY", "--name=NAME")
                .doesNotContain("\tat ");
    }

    private int run(String url, String... arguments) throws Exception {
        Path keyFile = Files.writeString(home.resolve("key"), KEY + "\n");
        return PolyphonyCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(
                                Stream.of("api-key"),
                                Stream.concat(
                                        Stream.of(arguments),
                                        Stream.of("--url", url, "--key-file", keyFile.toString())))
                        .toArray(String[]::new));
    }
}
