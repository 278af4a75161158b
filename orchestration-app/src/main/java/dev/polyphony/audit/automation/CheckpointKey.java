package dev.polyphony.audit.automation;

import dev.polyphony.audit.wiring.HistorySettings;
import dev.polyphony.eventstore.checkpoints.Pem;
import dev.polyphony.platform.DataDirectory;
import dev.polyphony.platform.security.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.springframework.stereotype.Component;

/**
 * What checkpoints are signed with: {@code polyphony.history.checkpoint-key}, or a key that the first start makes in
 * {@code <data-dir>/checkpoint-key}. The public key lies beside it in {@code checkpoint-key.pub}, for whoever verifies.
 */
@Component
public class CheckpointKey {
    private static final String SETTING = "polyphony.history.checkpoint-key (POLYPHONY_HISTORY_CHECKPOINTKEY)";

    private final KeyPair pair;

    CheckpointKey(HistorySettings settings, DataDirectory directory) {
        Path file = directory.resolve("checkpoint-key");
        String configured = settings.checkpointKey().strip();
        try {
            pair = configured.isEmpty() ? parse("the key in " + file, kept(file)) : parse(SETTING, configured);
            publish(directory.resolve("checkpoint-key.pub"));
        } catch (IOException failure) {
            throw new UncheckedIOException("the checkpoint key in " + file + " can be neither read nor made", failure);
        }
    }

    public PrivateKey secret() {
        return pair.getPrivate();
    }

    public PublicKey published() {
        return pair.getPublic();
    }

    private static KeyPair parse(String where, String pem) {
        try {
            return Pem.keyPair(pem);
        } catch (IllegalArgumentException other) {
            throw new IllegalArgumentException(
                    where + " must be an Ed25519 private key, as `openssl genpkey -algorithm ed25519` prints it; "
                            + other.getMessage(),
                    other);
        }
    }

    private static String kept(Path file) throws IOException {
        if (!Files.exists(file)) {
            PrivateFile.write(file, Pem.generate().strip());
        }
        return Files.readString(file);
    }

    private void publish(Path file) throws IOException {
        String pem = Pem.of(pair.getPublic());
        if (!Files.exists(file) || !Files.readString(file).equals(pem)) {
            PrivateFile.write(file, pem.strip());
        }
    }
}
