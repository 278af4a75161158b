package dev.polyphony.audit.proof;

import dev.polyphony.audit.VerificationResult;
import dev.polyphony.audit.proof.ExportLine.End;
import dev.polyphony.audit.proof.ExportLine.Event;
import dev.polyphony.audit.proof.ExportLine.Link;
import dev.polyphony.audit.proof.ExportLine.Withheld;
import dev.polyphony.eventstore.chain.StoredHash;
import dev.polyphony.eventstore.checkpoints.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.security.PublicKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;

/** Checks an export, wherever it has gone, by the same chain as {@link StoredHistoryProof}. */
public final class ExportVerifier {
    private final CheckpointVerifier checkpoints;

    private ExportVerifier(CheckpointVerifier checkpoints) {
        this.checkpoints = checkpoints;
    }

    /** Asks only whether the events follow from one another. */
    public static ExportVerifier withoutCheckpoints() {
        return new ExportVerifier(CheckpointVerifier.none());
    }

    /**
     * For one export.
     *
     * @param checkpoints to compare with as well, in the order of positions; those signed after the export may go beyond it
     * @param key what they are to be signed with
     */
    public static ExportVerifier comparing(List<Checkpoint> checkpoints, PublicKey key) {
        return new ExportVerifier(CheckpointVerifier.of(checkpoints, key));
    }

    /**
     * Reads to the end, or to the first violation.
     *
     * @throws InvalidExport when it does not begin as an export does
     * @throws IOException when it cannot be read
     */
    public VerificationResult verify(InputStream export) throws IOException {
        try (JsonParser lines = ExportJson.MAPPER.createParser(export)) {
            ExportHeader header = header(lines);
            StoredHash start = new StoredHash(header.from() - 1, header.previousHash());
            ChainVerifier chain = new ChainVerifier(start, header.to(), checkpoints);
            if (header.from() == 1 && !start.equals(StoredHash.genesis())) {
                chain.fail(new IntegrityViolation(1, "event 1 is chained to 64 zeros, not to " + start.hash()));
            }
            follow(lines, chain);
            if (header.to() == header.head().position()) {
                chain.endAtHead(header.head(), header.exportedAt());
            } else {
                chain.end();
            }
            return chain.result();
        } catch (JacksonIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static ExportHeader header(JsonParser lines) throws InvalidExport {
        try {
            JsonNode first = next(lines);
            if (first != null && first.isObject()) {
                return ExportJson.MAPPER.treeToValue(first, ExportHeader.class);
            }
        } catch (JacksonIOException unreadable) {
            throw unreadable;
        } catch (JacksonException other) {
            throw new InvalidExport("its first line is not that of an export: " + other.getOriginalMessage());
        }
        throw new InvalidExport("it does not begin with the line of an export");
    }

    private static void follow(JsonParser lines, ChainVerifier chain) {
        long count = 0;
        try {
            ExportLine line = line(next(lines));
            while (line instanceof Link link) {
                if (!accept(chain, link)) {
                    return;
                }
                count++;
                line = line(next(lines));
            }
            compareEnd(chain, count, line, next(lines) != null);
        } catch (JacksonIOException unreadable) {
            throw unreadable;
        } catch (JacksonException other) {
            String line = "line " + (count + 2);
            chain.fail(violationAfter(chain, line + " cannot be read: " + other.getOriginalMessage()));
        }
    }

    /** Null at the end. */
    private static @Nullable JsonNode next(JsonParser lines) {
        return lines.nextToken() == null ? null : lines.readValueAsTree();
    }

    private static @Nullable ExportLine line(@Nullable JsonNode line) {
        if (line == null) {
            return null;
        }
        Class<? extends ExportLine> kind =
                line.has("count") ? End.class : line.has("digest") ? Withheld.class : Event.class;
        return ExportJson.MAPPER.treeToValue(line, kind);
    }

    private static boolean accept(ChainVerifier chain, Link link) {
        if (link instanceof Event event && !event.isText()) {
            chain.fail(
                    new IntegrityViolation(event.position(), "event " + event.position() + " holds half a character"));
        }
        return link instanceof Withheld
                ? chain.acceptWithheld(link.position(), link::digestBytes, link.hashBytes())
                : chain.accept(link.position(), link::digestBytes, link.hashBytes());
    }

    private static void compareEnd(ChainVerifier chain, long count, @Nullable ExportLine last, boolean goesOn) {
        StoredHash reached = chain.last();
        if (!(last instanceof End end)) {
            chain.fail(violationAfter(
                    chain,
                    "the file is cut off after event " + reached.position()
                            + ": its last line, which counts the events, is missing"));
        } else if (goesOn) {
            chain.fail(violationAfter(chain, "something follows the last line"));
        } else if (end.count() != count || !end.lastHash().equals(reached.hash())) {
            chain.fail(violationAfter(
                    chain,
                    "the last line speaks of " + end.count() + " events up to the hash " + end.lastHash()
                            + ", and there are " + count + " up to " + reached.hash()));
        }
    }

    private static IntegrityViolation violationAfter(ChainVerifier chain, String reason) {
        return new IntegrityViolation(chain.last().position() + 1, reason);
    }
}
