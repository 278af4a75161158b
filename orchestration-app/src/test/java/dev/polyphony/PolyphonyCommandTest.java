package dev.polyphony;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line, on the example in docs/history.md, which was computed in Python and signed with openssl. */
class PolyphonyCommandTest {
    private static final Path HISTORY = Path.of("../docs/history.md");
    private static final String LAST_HASH = "ef35962730f60b2aee91cc01bcc72445dcedaf68746b0844c2462ba7ed0ef67e";
    private static final String FIRST_WITHHELD = "{\"position\":1,\"digest\":"
            + "\"7757862db75abe62e1498f7b984e7696c1e206fd505bf373388d598d8b826670\",\"hash\"";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String export = "";

    @BeforeEach
    void saveTheExample() throws IOException {
        export = save("history.ndjson", example("history.ndjson"));
        save("checkpoints.ndjson", example("checkpoints.ndjson"));
        save("checkpoint-key.pub", example("checkpoint-key.pub"));
    }

    @Test
    void saysThatTheExampleIsValid() {
        assertThat(run("audit", "verify", export)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("VALID: events 1 to 2", LAST_HASH, "No checkpoints were given");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void comparesItWithItsCheckpoint() {
        assertThat(run(
                        "audit",
                        "verify",
                        export,
                        "--checkpoints",
                        at("checkpoints.ndjson"),
                        "--key",
                        at("checkpoint-key.pub")))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("Signed checkpoints that agree: 1");
    }

    @Test
    void printsTheVerdictAsJson() {
        assertThat(run("audit", "verify", "--json", export)).isZero();
        assertThat(out.toString().strip())
                .isEqualTo(
                        "{\"valid\":true,\"from\":1,\"to\":2,\"checked\":2,\"withheld\":1,\"first_invalid_position\":null,"
                            + "\"reason\":null,\"last_hash\":\"" + LAST_HASH + "\",\"checkpoints_compared\":0}");
    }

    @Test
    void saysHowManyEventsAreThereAsDigestsOnly() throws IOException {
        run("audit", "verify", export);
        assertThat(out.toString()).contains("Withheld: 1 of 2, shown as a digest only.");

        save(
                "history.ndjson",
                example("history.ndjson").replaceFirst("\\{\"position\":1,.*?,\"hash\"", FIRST_WITHHELD));
        assertThat(run("audit", "verify", export)).as(out.toString()).isZero();
        assertThat(out.toString()).contains("Withheld: 2 of 2, shown as a digest only.");
    }

    @Test
    void saysWhereAChangedByteIs() throws IOException {
        save("history.ndjson", example("history.ndjson").replace("grün", "grau"));

        assertThat(run("audit", "verify", export)).isEqualTo(1);
        assertThat(out.toString()).contains("NOT VALID at position 1: event 1 is not what was written");
    }

    @Test
    void findsACheckpointThatSaysOtherwise() throws IOException {
        save("checkpoints.ndjson", example("checkpoints.ndjson").replace("ef3596", "ef3597"));

        assertThat(run(
                        "audit",
                        "verify",
                        export,
                        "--checkpoints",
                        at("checkpoints.ndjson"),
                        "--key",
                        at("checkpoint-key.pub")))
                .isEqualTo(1);
        assertThat(out.toString()).contains("NOT VALID at position 2", "not signed by this key");
    }

    @Test
    void showsNothingThatATerminalWouldActOn() throws IOException {
        save("history.ndjson", example("history.ndjson").replaceFirst("polyphony-history", "\\\\u001b[2J"));

        assertThat(run("audit", "verify", export)).isEqualTo(2);
        assertThat(err.toString()).contains("?[2J").doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audit",
                "audit verify",
                "audit forget",
                "nonsense",
                "audit verify missing",
                "audit verify .",
                "audit verify history.ndjson --checkpoints checkpoints.ndjson",
                "audit verify history.ndjson --key checkpoint-key.pub",
                "audit verify history.ndjson --checkpoints missing --key checkpoint-key.pub",
                "audit verify history.ndjson --checkpoints checkpoints.ndjson --key missing",
                "audit verify history.ndjson --checkpoints checkpoints.ndjson --key history.ndjson",
                "audit verify history.ndjson --checkpoints history.ndjson --key checkpoint-key.pub",
                "audit verify checkpoint-key.pub"
            })
    void answers2WhenItCannotSay(String line) {
        String[] arguments = line.replaceAll("(?<= )(?=[a-z-]+\\.|missing|\\.)", directory + "/")
                .split(" ");

        assertThat(run(arguments)).as(out.toString()).isEqualTo(2);
        assertThat(err.toString()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "audit, true",
        "nonsense, true",
        "--help, true",
        "-h, true",
        "--version, true",
        "-V, true",
        "-Dx=y, true",
        "--server.port=8081, false",
        "--debug, false"
    })
    void leavesSettingsToTheServer(String first, boolean isCommand) {
        assertThat(PolyphonyCommand.isMeantBy(first)).isEqualTo(isCommand);
        assertThat(PolyphonyCommand.isMeantBy()).isFalse();
    }

    @Test
    void saysWhatVersionItIs() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("polyphony \\S+ \\(Java 25\\S*\\)\\R");
        assertThat(run("-V")).isZero();
    }

    @Test
    void saysThatItDoesNotKnowACommand() {
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("'nonsense'");
    }

    @Test
    void listsEverySettingWithItsDefaultAndMeaning() {
        assertThat(run("settings")).isZero();
        assertThat(out.toString().lines().toList())
                .containsSequence(
                        "polyphony.projections.batch-size (POLYPHONY_PROJECTIONS_BATCHSIZE)",
                        "    default: 500",
                        "    The most events that one segment handles in one transaction, 1 to 1000.")
                .containsSequence("server.port (SERVER_PORT)", "    default: 8080", "    HTTP port.")
                .contains("polyphony.providers.<name>.base-url (POLYPHONY_PROVIDERS_<name>_BASEURL)");
    }

    @Test
    void listsTheSettingsThatAreAskedFor() {
        assertThat(run("settings", "BATCH")).isZero();
        assertThat(out.toString().lines()).hasSize(3);
        assertThat(run("settings", "nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("'nonsense'");
    }

    private int run(String... arguments) {
        CommandLine command = PolyphonyCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    private String at(String name) {
        return directory.resolve(name).toString();
    }

    private String save(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    /** The code block that follows the name of a file. */
    private static String example(String name) throws IOException {
        Matcher block = Pattern.compile("`" + Pattern.quote(name) + "`[^\\n]*:\\n\\n```\\w*\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(HISTORY));
        assertThat(block.find()).as("%s in %s", name, HISTORY).isTrue();
        return block.group(1);
    }
}
