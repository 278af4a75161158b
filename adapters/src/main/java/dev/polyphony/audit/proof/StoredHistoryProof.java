package dev.polyphony.audit.proof;

import dev.polyphony.audit.AuditProblem;
import dev.polyphony.audit.HistoryProof;
import dev.polyphony.audit.PositionRange.Bounds;
import dev.polyphony.audit.PositionRange;
import dev.polyphony.audit.VerificationResult;
import dev.polyphony.eventstore.chain.HashChain;
import dev.polyphony.eventstore.chain.StoredEvent;
import dev.polyphony.eventstore.chain.StoredHash;
import dev.polyphony.eventstore.checkpoints.Checkpoint;
import dev.polyphony.eventstore.checkpoints.CheckpointFile;
import dev.polyphony.eventstore.checkpoints.Pem;
import dev.polyphony.eventstore.log.EventPages;
import dev.polyphony.eventstore.log.LogBounds;
import dev.polyphony.eventstore.log.UnreadableEvent;
import dev.polyphony.shared.TenantId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checks and exports what PostgreSQL holds, page by page, against the checkpoints of this node. */
public final class StoredHistoryProof implements HistoryProof {
    private static final int CHECKPOINTS_AT_ONCE = 1_000;

    private final EventPages pages;
    private final CheckpointFile checkpoints;
    private final PublicKey key;
    private final Clock clock;

    /** @param key what the checkpoints are signed with */
    public StoredHistoryProof(EventPages pages, CheckpointFile checkpoints, PublicKey key, Clock clock) {
        this.pages = pages;
        this.checkpoints = checkpoints;
        this.key = key;
        this.clock = clock;
    }

    @Override
    public VerificationResult verify(PositionRange range) {
        CheckpointVerifier witnesses = CheckpointVerifier.of(signed(), key);
        LogBounds ends = pages.ends();
        Bounds bounds = range.within(ends.position());
        Optional<StoredHash> before = before(bounds);
        if (before.isEmpty()) {
            IntegrityViolation flaw = missingBefore(bounds);
            return new VerificationResult(false, bounds.from(), bounds.to(), 0, flaw.position(), flaw.reason(), null, 0);
        }
        ChainVerifier check = new ChainVerifier(before.get(), bounds.to(), witnesses);
        follow(check, bounds);
        if (bounds.to() == ends.position()) {
            compareEnd(check, ends);
        } else {
            check.end();
        }
        return check.verdict();
    }

    /** Read before the head is: every event that they know of was committed by then. */
    private List<Checkpoint> signed() {
        try {
            return checkpoints.read();
        } catch (IOException failure) {
            throw new UncheckedIOException("the checkpoints in " + checkpoints.path() + " cannot be read", failure);
        }
    }

    private Optional<StoredHash> before(Bounds bounds) {
        return bounds.from() == 1
                ? Optional.of(StoredHash.genesis())
                : pages.hashesAt(List.of(bounds.from() - 1)).stream().findFirst();
    }

    private static IntegrityViolation missingBefore(Bounds bounds) {
        long position = bounds.from() - 1;
        return new IntegrityViolation(
                position, "event " + position + " is missing, and event " + bounds.from() + " is chained to it");
    }

    private void follow(ChainVerifier check, Bounds bounds) {
        long after = bounds.from() == 1 ? Long.MIN_VALUE : bounds.from() - 1;
        try {
            List<StoredEvent> page = pages.page(after, bounds.to());
            while (!page.isEmpty() && accept(check, page)) {
                page = pages.page(page.getLast().position(), bounds.to());
            }
        } catch (UnreadableEvent damaged) {
            check.fail(new IntegrityViolation(damaged.position(), String.valueOf(damaged.getMessage())));
        }
    }

    private static boolean accept(ChainVerifier check, List<StoredEvent> page) {
        return page.stream()
                .allMatch(
                        event -> check.accept(event.position(), () -> HashChain.digest(event.content()), event.hash()));
    }

    private void compareEnd(ChainVerifier check, LogBounds ends) {
        StoredHash head = ends.head();
        if (head == null) {
            check.end();
            check.fail(new IntegrityViolation(
                    ends.last(), "the head, which says where the history ends, is missing or there is more than one"));
        } else {
            check.endAtHead(head, Instant.MAX);
            if (ends.last() > head.position()) {
                check.fail(beyond(head));
            }
        }
    }

    private IntegrityViolation beyond(StoredHash head) {
        long first = pages.firstAfter(head.position());
        return new IntegrityViolation(first, "event " + first + " lies beyond the head, which says " + head.position());
    }

    @Override
    public VerificationResult compareCheckpoints() {
        List<Checkpoint> signed = signed();
        CheckpointVerifier witnesses = CheckpointVerifier.of(signed, key);
        LogBounds ends = pages.ends();
        ChainVerifier check = new ChainVerifier(StoredHash.genesis(), ends.last(), witnesses);
        for (int i = 0; i < signed.size(); i += CHECKPOINTS_AT_ONCE) {
            List<Long> positions = signed.subList(i, Math.min(signed.size(), i + CHECKPOINTS_AT_ONCE)).stream()
                    .map(Checkpoint::position)
                    .toList();
            pages.hashesAt(positions)
                    .forEach(stored -> witnesses.compare(stored).ifPresent(check::fail));
        }
        witnesses.compareEnd(ends.last(), Instant.MAX).ifPresent(check::fail);
        return check.verdict();
    }

    @Override
    public void export(PositionRange range, TenantId reader, OutputStream out) throws IOException {
        // Before the head is read: a checkpoint that is older than this is about an event that was there.
        Instant now = clock.instant();
        LogBounds ends = pages.ends();
        Bounds bounds = range.within(ends.position());
        StoredHash head = Optional.ofNullable(ends.head())
                .orElseThrow(() -> damaged("the head, which says where the history ends, is missing"));
        StoredHash before =
                before(bounds).orElseThrow(() -> damaged(missingBefore(bounds).reason()));
        List<StoredEvent> page = firstPage(before, bounds);
        ExportWriter export = new ExportWriter(out, reader);
        export.begin(now, bounds, before, head);
        while (!page.isEmpty()) {
            export.write(page);
            page = pages.page(page.getLast().position(), bounds.to());
        }
        export.end();
    }

    private List<StoredEvent> firstPage(StoredHash before, Bounds bounds) {
        try {
            return pages.page(before.position(), bounds.to());
        } catch (UnreadableEvent unreadable) {
            throw damaged(String.valueOf(unreadable.getMessage()));
        }
    }

    @Override
    public void exportCheckpoints(OutputStream out) throws IOException {
        checkpoints.copyTo(out);
    }

    @Override
    public String checkpointKey() {
        return Pem.of(key);
    }

    private static RuntimeException damaged(String what) {
        return AuditProblem.HISTORY_DAMAGED.because(what + "; GET /api/v1/events/verify shows more");
    }
}
