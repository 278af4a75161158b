package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.polyphony.PolyphonyCommand;
import dev.polyphony.journey.Api.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The history as an auditor proves it: on the server, and elsewhere. */
class ProveHistoryTest extends ServerTest {
    private static final int TIMEOUT = 60;
    private static final String VERIFY = "/api/v1/events/verify";
    private static final String EXPORT = "/api/v1/events/export";
    private static final String CHECKPOINTS = "/api/v1/events/checkpoints";

    @TempDir
    private Path directory;

    /** Enough events for a checkpoint and for a part. */
    @BeforeEach
    void somethingHappens() {
        String run = api().post("/api/v1/workflows/orchestrator/trigger", "{\"input\":\"The cellar floods.\"}")
                .json()
                .at("/workflow_id")
                .asString();
        await().atMost(TIMEOUT, SECONDS)
                .until(() -> List.of("completed", "failed")
                        .contains(api().get("/api/v1/workflows/orchestrator/" + run + "/status")
                                .json()
                                .at("/status")
                                .asString()));
        await().atMost(TIMEOUT, SECONDS)
                .until(() -> !api().get(CHECKPOINTS).text().isEmpty());
    }

    @Test
    void isValidFromTheFirstEventToTheLast() {
        JsonNode result = result("");

        assertThat(result.at("/valid").asBoolean()).as(result.toString()).isTrue();
        assertThat(result.at("/from").asLong()).isEqualTo(1);
        assertThat(result.at("/checked").asLong())
                .isEqualTo(result.at("/to").asLong())
                .isPositive();
        assertThat(result.at("/first_invalid_position").isNull()).isTrue();
        assertThat(result.at("/reason").isNull()).isTrue();
        assertThat(result.at("/withheld").asInt())
                .as("the server reads every content")
                .isZero();
        assertThat(result.at("/checkpoints_compared").asInt()).isPositive();
    }

    @Test
    void showsWhichEventWasChanged() throws Exception {
        withThird("actor = actor || '!'", () -> {
            assertThat(result("?from=1&to=2").at("/valid").asBoolean()).isTrue();
            assertThat(result("?from=4").at("/valid").asBoolean()).isTrue();
            JsonNode result = result("");
            assertThat(result.at("/valid").asBoolean()).isFalse();
            assertThat(result.at("/first_invalid_position").asLong()).isEqualTo(3);
            assertThat(result.at("/checked").asLong()).isEqualTo(2);
            assertThat(result.at("/reason").asString()).contains("event 3 is not what was written");
        });

        assertThat(result("").at("/valid").asBoolean()).isTrue();
    }

    /** As when the database goes away in the middle: what has arrived must not look whole. */
    @Test
    void breaksOffWhenItCannotBeReadToItsEnd() throws Exception {
        withThird("occurred_at = 'infinity'", () -> {
            assertThat(result("").at("/first_invalid_position").asLong()).isEqualTo(3);
            assertThatThrownBy(() -> api().get(EXPORT)).isInstanceOf(UncheckedIOException.class);
            assertThat(api().get(EXPORT + "?from=3").json().at("/error/code").asString())
                    .isEqualTo("HISTORY_DAMAGED");
        });
    }

    /** Somebody who owns the database changes an event, and changes it back. */
    private static void withThird(String assignment, Runnable check) throws SQLException {
        try (Connection connection = Database.connect();
                Statement sql = connection.createStatement()) {
            sql.execute("create temporary table kept as select * from eventstore.event where position = 3");
            sql.execute("update eventstore.event set " + assignment + " where position = 3");
            try {
                check.run();
            } finally {
                sql.execute("update eventstore.event e set actor = kept.actor, occurred_at = kept.occurred_at from kept"
                        + " where e.position = kept.position");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "from=0, from, EVENT_RANGE_INVALID",
        "to=0, to, EVENT_RANGE_INVALID",
        "from=4&to=3, to, EVENT_RANGE_INVALID",
        "from=99999999, from, EVENT_RANGE_INVALID",
        "to=99999999, to, EVENT_RANGE_INVALID",
        "from=first, from, INVALID_PARAMETER"
    })
    void refusesPositionsThatAreNotThere(String query, String parameter, String code) {
        for (String path : List.of(VERIFY, EXPORT)) {
            Reply reply = api().get(path + "?" + query);

            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(reply.header("Content-Type")).startsWith("application/json");
            assertThat(reply.json().at("/error/code").asString()).isEqualTo(code);
            assertThat(reply.json().at("/error/details/parameter").asString()).isEqualTo(parameter);
        }
    }

    @Test
    void isForAdminsOnly() {
        String key = TrainerKey.issue(api());

        for (String path : List.of(VERIFY, EXPORT, CHECKPOINTS, CHECKPOINTS + "/key")) {
            assertThat(stranger().get(path, "X-API-Key", key).status()).isEqualTo(403);
            assertThat(stranger().get(path).status()).isEqualTo(401);
        }
    }

    @Test
    void isProvedElsewhere() throws Exception {
        Path checkpoints = save("checkpoints.ndjson", api().get(CHECKPOINTS));
        Path key = save("key.pem", api().get(CHECKPOINTS + "/key"));
        Reply reply = api().get(EXPORT);
        Path export = save("history.ndjson", reply);

        Ran ran = run("--json", "--checkpoints", checkpoints.toString(), "--key", key.toString(), export.toString());

        assertThat(reply.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(ran.code).as(ran.text).isZero();
        JsonNode result = JsonMapper.shared().readTree(ran.text);
        assertThat(result.at("/checked").asLong()).isEqualTo(result.at("/to").asLong());
        assertThat(result.at("/checkpoints_compared").asInt()).isPositive();
        assertThat(run(export.toString()).code).isZero();
    }

    @Test
    void isNotProvedOnceAByteIsChanged() throws Exception {
        String text = api().get(EXPORT + "?from=2").text();
        Path export = Files.writeString(
                directory.resolve("history.ndjson"), text.replaceFirst("\"actor\":\"", "\"actor\":\"x"));
        assertThat(run(export.toString()).code).isEqualTo(1);

        Files.writeString(export, text.substring(0, text.length() - 1));
        assertThat(run(export.toString()).code).isZero();
        Files.writeString(export, text.substring(0, text.stripTrailing().lastIndexOf('\n')));
        Ran cut = run(export.toString());
        assertThat(cut.code).isEqualTo(1);
        assertThat(cut.text).contains("cut off");
    }

    private record Ran(int code, String text) {}

    private static Ran run(String... arguments) {
        StringWriter text = new StringWriter();
        CommandLine command =
                PolyphonyCommand.commandLine().setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
        String[] all = new String[arguments.length + 2];
        all[0] = "audit";
        all[1] = "verify";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return new Ran(command.execute(all), text.toString());
    }

    private Path save(String name, Reply reply) throws IOException {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return Files.writeString(directory.resolve(name), reply.text());
    }

    private JsonNode result(String query) {
        Reply reply = api().get(VERIFY + query);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }
}
