package dev.polyphony.audit.proof;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.polyphony.eventstore.chain.EventContent;
import dev.polyphony.eventstore.chain.HashChain;
import dev.polyphony.eventstore.chain.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A line of an export after its header. Hashes and digests are in hexadecimal. */
sealed interface ExportLine {
    Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    static void requireHash(String text) {
        if (!HASH.matcher(text).matches()) {
            throw new IllegalArgumentException("a hash is 64 lower-case hexadecimal digits");
        }
    }

    /** An event, or what stands for it. */
    sealed interface Link extends ExportLine {
        long position();

        String hash();

        byte[] digestBytes();

        default byte[] hashBytes() {
            return HexFormat.of().parseHex(hash());
        }
    }

    /** An event in full: every field that is hashed. */
    record Event(
            long position,
            String eventId,
            String type,
            int revision,
            String aggregateType,
            String aggregateId,
            long sequence,
            String tenant,
            String actor,
            String correlationId,
            String causationId,

            @JsonFormat(shape = JsonFormat.Shape.STRING, pattern = "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", timezone = "UTC")
            Instant occurredAt,

            String payload,
            String hash)
            implements Link {
        public Event {
            requireHash(hash);
        }

        static Event of(StoredEvent event) {
            EventContent content = event.content();
            return new Event(
                    event.position(),
                    content.eventId(),
                    content.type(),
                    content.revision(),
                    content.aggregateType(),
                    content.aggregateId(),
                    content.sequence(),
                    content.tenant(),
                    content.actor(),
                    content.correlationId(),
                    content.causationId(),
                    content.occurredAt(),
                    content.payload(),
                    HexFormat.of().formatHex(event.hash()));
        }

        /**
         * Half a surrogate pair is no character and has no bytes of its own: it would be hashed like a question mark.
         */
        boolean isText() {
            return Stream.of(
                            eventId,
                            type,
                            aggregateType,
                            aggregateId,
                            tenant,
                            actor,
                            correlationId,
                            causationId,
                            payload)
                    .allMatch(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
        }

        @Override
        public byte[] digestBytes() {
            return HashChain.digest(new EventContent(
                    eventId,
                    type,
                    revision,
                    aggregateType,
                    aggregateId,
                    sequence,
                    tenant,
                    actor,
                    correlationId,
                    causationId,
                    occurredAt,
                    payload));
        }
    }

    /** An event of another tenant: its digest takes the place of its content. */
    record Withheld(long position, String digest, String hash) implements Link {
        public Withheld {
            requireHash(digest);
            requireHash(hash);
        }

        static Withheld of(StoredEvent event) {
            return new Withheld(
                    event.position(),
                    HexFormat.of().formatHex(HashChain.digest(event.content())),
                    HexFormat.of().formatHex(event.hash()));
        }

        @Override
        public byte[] digestBytes() {
            return HexFormat.of().parseHex(digest);
        }
    }

    /**
     * The last line: without it, the export is cut off.
     *
     * @param count how many lines lie between it and the header
     * @param lastHash the hash of the last of them, or what the first would have been chained to
     */
    record End(long count, String lastHash) implements ExportLine {}
}
