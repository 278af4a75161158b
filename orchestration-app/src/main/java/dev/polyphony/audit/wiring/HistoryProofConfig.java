package dev.polyphony.audit.wiring;

import dev.polyphony.audit.HistoryProof;
import dev.polyphony.audit.automation.CheckpointKey;
import dev.polyphony.audit.proof.StoredHistoryProof;
import dev.polyphony.eventstore.checkpoints.CheckpointFile;
import dev.polyphony.eventstore.checkpoints.CheckpointSigner;
import dev.polyphony.eventstore.log.EventPages;
import dev.polyphony.platform.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells Spring how the history is vouched for and proved. */
@Configuration(proxyBeanMethods = false)
class HistoryProofConfig {
    @Bean
    CheckpointFile checkpointFile(HistorySettings settings, DataDirectory directory) throws IOException {
        Path file = settings.checkpointsPath(directory.path());
        Files.createDirectories(file.getParent());
        return new CheckpointFile(file);
    }

    @Bean
    CheckpointSigner checkpointSigner(CheckpointFile file, CheckpointKey key, HistorySettings settings, Clock clock)
            throws IOException {
        return new CheckpointSigner(
                file, key.secret(), settings.checkpointInterval(), settings.checkpointMaxDelay(), clock);
    }

    @Bean
    HistoryProof historyProof(EventPages pages, CheckpointFile file, CheckpointKey key, Clock clock) {
        return new StoredHistoryProof(pages, file, key.published(), clock);
    }
}
