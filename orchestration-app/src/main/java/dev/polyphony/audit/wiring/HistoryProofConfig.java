package dev.polyphony.audit.wiring;

import dev.polyphony.audit.HistoryProof;
import dev.polyphony.audit.VerificationResult;
import dev.polyphony.audit.proof.StoredHistoryProof;
import dev.polyphony.eventstore.checkpoints.CheckpointFile;
import dev.polyphony.eventstore.checkpoints.CheckpointSigner;
import dev.polyphony.eventstore.log.EventPages;
import dev.polyphony.platform.PolyphonyProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells Spring how the history is vouched for and proved. */
@Configuration(proxyBeanMethods = false)
class HistoryProofConfig {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryProofConfig.class);

    @Bean
    CheckpointFile checkpointFile(HistorySettings settings, PolyphonyProperties properties) throws IOException {
        Path file = settings.checkpointsPath(properties.dataPath());
        Files.createDirectories(file.getParent());
        return new CheckpointFile(file);
    }

    @Bean
    CheckpointSigner checkpointSigner(CheckpointFile file, CheckpointKey key, HistorySettings settings, Clock clock)
            throws IOException {
        return new CheckpointSigner(file, key.secret(), settings.checkpointInterval(), clock);
    }

    @Bean
    HistoryProof historyProof(EventPages pages, CheckpointFile file, CheckpointKey key, Clock clock) {
        return new StoredHistoryProof(pages, file, key.published(), clock);
    }

    @Bean
    ApplicationRunner historyIsWhatWasSigned(HistoryProof proof, CheckpointFile file) {
        return _ -> report(proof.compareCheckpoints(), file.path());
    }

    private static void report(VerificationResult result, Path file) {
        if (!result.valid()) {
            LOG.error("""
                The history in the database is not the one that this server has signed in {}: {}. \
                If an old backup was restored, or the key was replaced on purpose, move that file away (keep it) and \
                start again. If not, somebody has changed the database or the file: keep copies of both as they are \
                now, and ask GET /api/v1/events/verify where the history was changed. More in docs/history.md.\
                """, file, result.reason());
        }
    }
}
