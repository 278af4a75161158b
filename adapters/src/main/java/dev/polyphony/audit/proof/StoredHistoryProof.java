package dev.polyphony.audit.proof;

import dev.polyphony.audit.AuditProblem;
import dev.polyphony.audit.HistoryProof;
import dev.polyphony.audit.PositionRange;
import dev.polyphony.audit.PositionRange.Bounds;
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
        CheckpointVerifier checkpoints = CheckpointVerifier.of(signed(), key);
        LogBounds log = pages.bounds();
        Bounds bounds = range.within(log.position());
        Optional<StoredHash> before = before(bounds);
        if (before.isEmpty()) {
            IntegrityViolation violation = missingBefore(bounds);
            return new VerificationResult(
                    false, bounds.from(), bounds.to(), 0, 0, violation.position(), violation.reason(), null, 0);
        }
        ChainVerifier chain = new ChainVerifier(before.get(), bounds.to(), checkpoints);
        follow(chain, bounds);
        if (bounds.to() == log.position()) {
            compareEnd(chain, log);
        } else {
            chain.end();
        }
        return chain.result();
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

    private void follow(ChainVerifier chain, Bounds bounds) {
        long after = bounds.from() == 1 ? Long.MIN_VALUE : bounds.from() - 1;
        try {
            List<StoredEvent> page = pages.page(after, bounds.to());
            while (!page.isEmpty() && accept(chain, page)) {
                page = pages.page(page.getLast().position(), bounds.to());
            }
        } catch (UnreadableEvent damaged) {
            chain.fail(new IntegrityViolation(damaged.position(), String.valueOf(damaged.getMessage())));
        }
    }

    private static boolean accept(ChainVerifier chain, List<StoredEvent> page) {
        return page.stream()
                .allMatch(
                        event -> chain.accept(event.position(), () -> HashChain.digest(event.content()), event.hash()));
    }

    private void compareEnd(ChainVerifier chain, LogBounds log) {
        StoredHash head = log.head();
        if (head == null) {
            chain.end();
            chain.fail(new IntegrityViolation(
                    log.last(), "the head, which says where the history ends, is missing or there is more than one"));
        } else {
            chain.endAtHead(head, Instant.MAX);
            if (log.last() > head.position()) {
                chain.fail(beyond(head));
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
        CheckpointVerifier checkpoints = CheckpointVerifier.of(signed, key);
        LogBounds log = pages.bounds();
        ChainVerifier chain = new ChainVerifier(StoredHash.genesis(), log.last(), checkpoints);
        for (int i = 0; i < signed.size(); i += CHECKPOINTS_AT_ONCE) {
            List<Long> positions = signed.subList(i, Math.min(signed.size(), i + CHECKPOINTS_AT_ONCE)).stream()
                    .map(Checkpoint::position)
                    .toList();
            pages.hashesAt(positions)
                    .forEach(stored -> checkpoints.compare(stored).ifPresent(chain::fail));
        }
        checkpoints.compareEnd(log.last(), Instant.MAX).ifPresent(chain::fail);
        return chain.result();
    }

    @Override
    public void export(PositionRange range, TenantId reader, OutputStream out) throws IOException {
        // Before the head is read: a checkpoint that is older than this is about an event that was there.
        Instant now = clock.instant();
        LogBounds log = pages.bounds();
        Bounds bounds = range.within(log.position());
        StoredHash head = Optional.ofNullable(log.head())
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
