package dev.polyphony.eventstore.axon;

import static dev.polyphony.db.eventstore.Tables.TOKEN;

import dev.polyphony.db.eventstore.tables.records.TokenRecord;
import java.util.List;
import java.util.function.LongSupplier;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** How far each processor has read, and which node reads for it. */
public final class TokenTable {
    static final TokenSchema SCHEMA = TokenSchema.builder()
            .setTokenTable("eventstore.token")
            .setProcessorNameColumn("processor_name")
            .setTokenTypeColumn("token_type")
            .build();

    private TokenTable() {}

    public static TokenStore store(ConnectionProvider connections, Serializer serializer, SegmentClaims claims) {
        return store(connections, serializer, claims, System::nanoTime);
    }

    static TokenStore store(
            ConnectionProvider connections, Serializer serializer, SegmentClaims claims, LongSupplier nanos) {
        return new ClaimedTokenStore(
                JdbcTokenStore.builder()
                        .connectionProvider(connections)
                        .serializer(serializer)
                        .schema(SCHEMA),
                claims,
                nanos);
    }

    /** The segments of a processor, by number. */
    public static List<StoredToken> tokens(DSLContext sql, Serializer serializer, String processor) {
        return sql.selectFrom(TOKEN)
                .where(TOKEN.PROCESSOR_NAME.eq(processor))
                .orderBy(TOKEN.SEGMENT)
                .fetch(row -> new StoredToken(
                        row.getSegment(),
                        token(serializer, row),
                        row.getOwner(),
                        DateTimeUtils.parseInstant(row.getTimestamp())));
    }

    /** The position up to which every segment of a processor has stored its work, on whatever node; 0 when there is none yet. */
    public static long position(DSLContext sql, Serializer serializer, String processor) {
        return tokens(sql, serializer, processor).stream()
                .mapToLong(StoredToken::position)
                .min()
                .orElse(0);
    }

    private static @Nullable TrackingToken token(Serializer serializer, TokenRecord row) {
        return row.getToken() == null
                ? null
                : serializer.deserialize(
                        new SimpleSerializedObject<>(row.getToken(), byte[].class, row.getTokenType(), null));
    }

    /** Frees every segment at once; only for a node that knows to be alone. */
    public static void releaseClaims(DSLContext sql) {
        sql.update(TOKEN).setNull(TOKEN.OWNER).execute();
    }

    /** Takes the segments of a processor from all nodes, and keeps them from being claimed until the transaction ends. */
    public static void releaseClaims(DSLContext sql, String processor) {
        sql.update(TOKEN)
                .setNull(TOKEN.OWNER)
                .where(TOKEN.PROCESSOR_NAME.eq(processor))
                .execute();
    }
}
