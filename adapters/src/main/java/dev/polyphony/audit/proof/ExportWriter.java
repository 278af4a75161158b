package dev.polyphony.audit.proof;

import dev.polyphony.audit.PositionRange.Bounds;
import dev.polyphony.eventstore.chain.StoredEvent;
import dev.polyphony.eventstore.chain.StoredHash;
import dev.polyphony.shared.TenantId;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;

/** Writes an export line by line. Each page is on its way to the reader when it has been written. */
final class ExportWriter {
    private final OutputStream out;
    private final TenantId reader;
    private long count;
    private String lastHash = "";

    ExportWriter(OutputStream out, TenantId reader) {
        this.out = out;
        this.reader = reader;
    }

    void begin(Instant now, Bounds bounds, StoredHash before, StoredHash head) throws IOException {
        lastHash = before.hash();
        line(new ExportHeader(
                ExportHeader.FORMAT,
                ExportHeader.VERSION,
                now.truncatedTo(ChronoUnit.MILLIS),
                reader.value(),
                bounds.from(),
                bounds.to(),
                before.hash(),
                head));
    }

    void write(List<StoredEvent> page) throws IOException {
        for (StoredEvent event : page) {
            boolean own = event.content().tenant().equals(reader.value());
            line(own ? ExportLine.Event.of(event) : ExportLine.Withheld.of(event));
        }
        count += page.size();
        lastHash = HexFormat.of().formatHex(page.getLast().hash());
        out.flush();
    }

    void end() throws IOException {
        line(new ExportLine.End(count, lastHash));
        out.flush();
    }

    private void line(Object line) throws IOException {
        out.write(ExportJson.MAPPER.writeValueAsBytes(line));
        out.write('\n');
    }
}
