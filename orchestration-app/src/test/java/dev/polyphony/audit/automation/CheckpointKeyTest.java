package dev.polyphony.audit.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.audit.wiring.HistorySettings;
import dev.polyphony.eventstore.checkpoints.Pem;
import dev.polyphony.platform.DataDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointKeyTest {
    @TempDir
    private Path directory;

    @Test
    void isMadeOnceAndKeptPrivate() throws Exception {
        CheckpointKey first = key("");
        CheckpointKey second = key("");

        assertThat(second.published()).isEqualTo(first.published());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("checkpoint-key"))))
                .isEqualTo("rw-------");
        assertThat(Pem.publicKey(Files.readString(directory.resolve("checkpoint-key.pub"))))
                .isEqualTo(first.published());
    }

    @Test
    void isTakenFromTheConfigurationWhereItIsGiven() throws Exception {
        String configured = Pem.generate();
        key("");

        CheckpointKey key = key(configured);

        assertThat(key.secret()).isEqualTo(Pem.keyPair(configured).getPrivate());
        assertThat(Pem.publicKey(Files.readString(directory.resolve("checkpoint-key.pub"))))
                .isEqualTo(key.published());
    }

    @Test
    void namesTheSettingThatIsWrong() {
        assertThatThrownBy(() -> key("secret"))
                .hasMessageContaining("POLYPHONY_HISTORY_CHECKPOINTKEY")
                .hasMessageContaining("openssl genpkey -algorithm ed25519");
    }

    private CheckpointKey key(String configured) {
        return new CheckpointKey(
                new HistorySettings(1, Duration.ofHours(1), "", configured), new DataDirectory(directory.toString()));
    }
}
