package dev.polyphony.audit.web;

import dev.polyphony.audit.HistoryProof;
import dev.polyphony.audit.PositionRange;
import dev.polyphony.audit.VerificationResult;
import dev.polyphony.identity.Caller;
import dev.polyphony.platform.openapi.ErrorCase;
import dev.polyphony.platform.security.RequiredScope;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Proof of the history, for operators and auditors. What is streamed is cut off, not ended, when it fails in the middle. */
@RestController
@Tag(name = "History")
@RequestMapping("/api/v1/events")
class HistoryController {
    private final HistoryProof proof;

    HistoryController(HistoryProof proof) {
        this.proof = proof;
    }

    /**
     * Verifies the history. Reads the positions {@code from} to {@code to}, everything when both are absent, and computes their hashes anew.
     *
     * @param from the first position, from 1; the beginning when absent
     * @param to the last position; the newest event when absent
     */
    @GetMapping("/verify")
    @RolesAllowed("OPERATOR")
    @RequiredScope("history:read")
    VerificationResult verifyEvents(
            @RequestParam(required = false) @Nullable Long from, @RequestParam(required = false) @Nullable Long to) {
        return proof.verify(new PositionRange(from, to));
    }

    /**
     * Exports the history. One JSON object a line, as {@code polyphony audit verify} checks it: the caller's tenant in full, of others only
     * digests. A reply that breaks off is cut off, not ended.
     *
     * @param from the first position, from 1; the beginning when absent
     * @param to the last position; the newest event when absent
     */
    @GetMapping(path = "/export", produces = MediaType.APPLICATION_NDJSON_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "The events, one a line.",
            content = @Content(schema = @Schema(type = "string")))
    @ErrorCase(status = HttpStatus.CONFLICT, when = "The history is damaged there; verify it.")
    @RolesAllowed("OPERATOR")
    @RequiredScope("history:read")
    void exportEvents(
            @RequestParam(required = false) @Nullable Long from,
            @RequestParam(required = false) @Nullable Long to,
            Caller caller,
            HttpServletResponse response)
            throws IOException {
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        proof.export(new PositionRange(from, to), caller.tenant(), response.getOutputStream());
    }

    /** Exports the checkpoints. What this node has signed, one JSON object a line. */
    @GetMapping(path = "/checkpoints", produces = MediaType.APPLICATION_NDJSON_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "The checkpoints, one a line.",
            content = @Content(schema = @Schema(type = "string")))
    @RolesAllowed("OPERATOR")
    @RequiredScope("history:read")
    void exportCheckpoints(HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        proof.exportCheckpoints(response.getOutputStream());
    }

    /** Shows the public key that the checkpoints are signed with. In PEM. */
    @GetMapping(path = "/checkpoints/key", produces = "application/x-pem-file")
    @RolesAllowed("OPERATOR")
    @RequiredScope("history:read")
    String getCheckpointKey() {
        return proof.checkpointKey();
    }
}
