package dev.polyphony.audit.automation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.audit.HistoryProof;
import dev.polyphony.audit.PositionRange;
import dev.polyphony.audit.VerificationResult;
import dev.polyphony.eventstore.checkpoints.CheckpointFile;
import dev.polyphony.shared.TenantId;
import java.io.OutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads what the whole JVM logs")
class CheckHistoryAtStartTest {
    private final CheckpointFile file = new CheckpointFile(Path.of("checkpoints.ndjson"));

    @Test
    void saysWhatToDoWhenTheHistoryIsNotTheSignedOne(CapturedOutput output) {
        start(new VerificationResult(false, 1, 10, 0, 0, 7L, "event 7 is missing", null, 1));

        assertThat(output)
                .contains("ERROR", "has signed in checkpoints.ndjson: event 7 is missing", "GET /api/v1/events/verify");
    }

    @Test
    void saysNothingWhenItIs(CapturedOutput output) {
        start(new VerificationResult(true, 1, 10, 0, 0, null, null, null, 2));

        assertThat(output).doesNotContain("ERROR");
    }

    private void start(VerificationResult result) {
        new CheckHistoryAtStart(new Known(result), file).run(new DefaultApplicationArguments());
    }

    private record Known(VerificationResult result) implements HistoryProof {
        @Override
        public VerificationResult verify(PositionRange range) {
            return result;
        }

        @Override
        public VerificationResult compareCheckpoints() {
            return result;
        }

        @Override
        public void export(PositionRange range, TenantId reader, OutputStream out) {}

        @Override
        public void exportCheckpoints(OutputStream out) {}

        @Override
        public String checkpointKey() {
            return "";
        }
    }
}
