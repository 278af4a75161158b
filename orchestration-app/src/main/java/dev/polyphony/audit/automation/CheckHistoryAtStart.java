package dev.polyphony.audit.automation;

import dev.polyphony.audit.HistoryProof;
import dev.polyphony.audit.VerificationResult;
import dev.polyphony.eventstore.checkpoints.CheckpointFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Compares the history in the database with the checkpoints that this server has signed. */
@Component
class CheckHistoryAtStart implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(CheckHistoryAtStart.class);

    private final HistoryProof proof;
    private final CheckpointFile file;

    CheckHistoryAtStart(HistoryProof proof, CheckpointFile file) {
        this.proof = proof;
        this.file = file;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        VerificationResult verdict = proof.compareCheckpoints();
        if (!verdict.valid()) {
            LOG.error("""
                The history in the database is not the one that this server has signed in {}: {}. \
                If an old backup was restored, or the key was replaced on purpose, move that file away (keep it) and \
                start again. If not, somebody has changed the database or the file: keep copies of both as they are \
                now, and ask GET /api/v1/events/verify where the history was changed. More in docs/history.md.\
                """, file.path(), verdict.reason());
        }
    }
}
