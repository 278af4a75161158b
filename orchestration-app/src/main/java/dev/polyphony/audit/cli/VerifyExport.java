package dev.polyphony.audit.cli;

import dev.polyphony.audit.VerificationResult;
import dev.polyphony.audit.proof.ExportVerifier;
import dev.polyphony.eventstore.checkpoints.Checkpoint;
import dev.polyphony.eventstore.checkpoints.CheckpointFile;
import dev.polyphony.eventstore.checkpoints.Pem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** {@code polyphony audit verify FILE}: whether an export is what the history once was. */
@Command(
        name = "verify",
        description = "Checks an export of the history: GET /api/v1/events/export gives one.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:valid", "1:not valid", "2:a file cannot be read, or the command is wrong"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class VerifyExport implements Callable<Integer> {
    private static final int VALID = 0;
    private static final int INVALID = 1;
    private static final int UNKNOWN = 2;
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the export")
    private Path file;

    @ArgGroup(exclusive = false)
    private @Nullable Signed signed;

    @Option(names = "--json", description = "print the result as JSON")
    private boolean json;

    static final class Signed {
        @Option(
                names = "--checkpoints",
                paramLabel = "FILE",
                required = true,
                description = "what was signed: <data-dir>/checkpoints.ndjson of the server, or a copy")
        private Path checkpoints;

        @Option(
                names = "--key",
                paramLabel = "FILE",
                required = true,
                description = "the public key that it was signed with: <data-dir>/checkpoint-key.pub")
        private Path key;
    }

    @Override
    public Integer call() {
        try {
            VerificationResult result = verify();
            print(json ? JSON.writeValueAsString(result) : VerificationText.of(result, signed != null));
            return result.valid() ? VALID : INVALID;
        } catch (IOException unreadable) {
            spec.commandLine().getErr().println(VerificationText.printable(messageOf(unreadable)));
            return UNKNOWN;
        }
    }

    private VerificationResult verify() throws IOException {
        ExportVerifier verifier = signed == null ? ExportVerifier.withoutCheckpoints() : comparing(signed);
        try (InputStream export = new BufferedInputStream(Files.newInputStream(file))) {
            return verifier.verify(export);
        }
    }

    private static ExportVerifier comparing(Signed signed) throws IOException {
        if (!Files.exists(signed.checkpoints)) {
            throw new NoSuchFileException(signed.checkpoints.toString());
        }
        List<Checkpoint> checkpoints = new CheckpointFile(signed.checkpoints).read();
        if (checkpoints.isEmpty()) {
            throw new IOException("there is no checkpoint in " + signed.checkpoints);
        }
        try {
            return ExportVerifier.comparing(checkpoints, Pem.publicKey(Files.readString(signed.key)));
        } catch (IllegalArgumentException other) {
            throw new IOException(
                    signed.key + " is not the public key of the checkpoints: " + other.getMessage(), other);
        }
    }

    private String messageOf(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "There is no file " + missing.getMessage();
            case AccessDeniedException closed -> closed.getMessage() + " may not be read by you";
            default -> file + " cannot be verified: " + failure.getMessage();
        };
    }

    private void print(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }
}
