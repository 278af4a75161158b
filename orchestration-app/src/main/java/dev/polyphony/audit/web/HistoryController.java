package dev.polyphony.audit.web;

import dev.polyphony.audit.HistoryProof;
import dev.polyphony.audit.PositionRange;
import dev.polyphony.audit.VerificationResult;
import dev.polyphony.identity.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Proof of the history, for operators and auditors. What is streamed is cut off, not ended, when it fails in the middle. */
@RestController
@RequestMapping("/api/v1/events")
class HistoryController {
    private final HistoryProof proof;

    HistoryController(HistoryProof proof) {
        this.proof = proof;
    }

    /** Reads the positions {@code from} to {@code to}, everything when both are absent, and computes their hashes anew. */
    @GetMapping("/verify")
    @RolesAllowed("ADMIN")
    VerificationResult verify(
            @RequestParam(required = false) @Nullable Long from, @RequestParam(required = false) @Nullable Long to) {
        return proof.verify(new PositionRange(from, to));
    }

    /** NDJSON that {@code polyphony audit verify} checks: the caller's tenant in full, of others only digests. */
    @GetMapping("/export")
    @RolesAllowed("ADMIN")
    void export(
            @RequestParam(required = false) @Nullable Long from,
            @RequestParam(required = false) @Nullable Long to,
            Caller caller,
            HttpServletResponse response)
            throws IOException {
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        proof.export(new PositionRange(from, to), caller.tenant(), response.getOutputStream());
    }

    /** What this node has signed, in NDJSON. */
    @GetMapping("/checkpoints")
    @RolesAllowed("ADMIN")
    void checkpoints(HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        proof.exportCheckpoints(response.getOutputStream());
    }

    /** The public key that the checkpoints are signed with, in PEM. */
    @GetMapping(path = "/checkpoints/key", produces = "application/x-pem-file")
    @RolesAllowed("ADMIN")
    String checkpointKey() {
        return proof.checkpointKey();
    }
}
