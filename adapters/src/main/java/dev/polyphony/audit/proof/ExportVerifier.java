package dev.polyphony.audit.proof;

import dev.polyphony.audit.Verdict;
import dev.polyphony.audit.proof.ExportLine.End;
import dev.polyphony.audit.proof.ExportLine.Event;
import dev.polyphony.audit.proof.ExportLine.Link;
import dev.polyphony.audit.proof.ExportLine.Withheld;
import dev.polyphony.eventstore.checkpoints.Checkpoint;
import dev.polyphony.eventstore.log.StoredHash;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;

/** Checks an export, wherever it has gone, by the same chain as {@link StoredHistoryProof}. */
public final class ExportVerifier {
    private final List<Checkpoint> checkpoints;
    private final Predicate<Checkpoint> isSigned;

    /** @param checkpoints to compare with, in the order of positions; those signed after the export may go beyond it */
    public ExportVerifier(List<Checkpoint> checkpoints, Predicate<Checkpoint> isSigned) {
        this.checkpoints = checkpoints;
        this.isSigned = isSigned;
    }

    /**
     * Reads to the end, or to the first flaw.
     *
     * @throws NotAnExport when it does not begin as an export does
     * @throws IOException when it cannot be read
     */
    public Verdict verify(InputStream export) throws IOException {
        try (MappingIterator<JsonNode> lines =
                ExportJson.MAPPER.readerFor(JsonNode.class).readValues(export)) {
            ExportHeader header = header(lines);
            StoredHash start = new StoredHash(header.from() - 1, header.previousHash());
            ChainCheck check = new ChainCheck(start, header.to(), new Witnesses(checkpoints, isSigned));
            if (header.from() == 1 && !start.equals(StoredHash.genesis())) {
                check.fail(new Flaw(1, "event 1 is chained to 64 zeros, not to " + start.hash()));
            }
            follow(lines, check);
            if (header.to() == header.head().position()) {
                check.endAtHead(header.head(), header.exportedAt());
            } else {
                check.end();
            }
            return check.verdict();
        } catch (JacksonIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static ExportHeader header(MappingIterator<JsonNode> lines) throws NotAnExport {
        try {
            if (lines.hasNext()) {
                return ExportJson.MAPPER.treeToValue(lines.next(), ExportHeader.class);
            }
        } catch (JacksonIOException unreadable) {
            throw unreadable;
        } catch (JacksonException other) {
            throw new NotAnExport("its first line is not that of an export: " + other.getOriginalMessage());
        }
        throw new NotAnExport("it is empty");
    }

    private static void follow(MappingIterator<JsonNode> lines, ChainCheck check) {
        long count = 0;
        try {
            ExportLine line = next(lines);
            while (line instanceof Link link) {
                if (!accept(check, link)) {
                    return;
                }
                count++;
                line = next(lines);
            }
            compareEnd(check, count, line, lines.hasNext());
        } catch (JacksonIOException unreadable) {
            throw unreadable;
        } catch (JacksonException other) {
            String line = "line " + (count + 2);
            check.fail(flawAfter(check, line + " cannot be read: " + other.getOriginalMessage()));
        }
    }

    private static @Nullable ExportLine next(MappingIterator<JsonNode> lines) {
        if (!lines.hasNext()) {
            return null;
        }
        JsonNode line = lines.next();
        Class<? extends ExportLine> kind =
                line.has("count") ? End.class : line.has("digest") ? Withheld.class : Event.class;
        return ExportJson.MAPPER.treeToValue(line, kind);
    }

    private static boolean accept(ChainCheck check, Link link) {
        if (link instanceof Event event && !event.isText()) {
            check.fail(new Flaw(event.position(), "event " + event.position() + " holds half a character"));
        }
        return check.accept(link.position(), link.digestBytes(), link.hashBytes());
    }

    private static void compareEnd(ChainCheck check, long count, @Nullable ExportLine last, boolean goesOn) {
        StoredHash reached = check.last();
        if (!(last instanceof End end)) {
            check.fail(flawAfter(
                    check,
                    "the file is cut off after event " + reached.position()
                            + ": its last line, which counts the events, is missing"));
        } else if (goesOn) {
            check.fail(flawAfter(check, "something follows the last line"));
        } else if (end.count() != count || !end.lastHash().equals(reached.hash())) {
            check.fail(flawAfter(
                    check,
                    "the last line speaks of " + end.count() + " events up to the hash " + end.lastHash()
                            + ", and there are " + count + " up to " + reached.hash()));
        }
    }

    private static Flaw flawAfter(ChainCheck check, String reason) {
        return new Flaw(check.last().position() + 1, reason);
    }
}
