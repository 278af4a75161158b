package dev.polyphony.eventstore;

import static dev.polyphony.db.eventstore.Tables.TOKEN;

import dev.polyphony.db.eventstore.tables.records.TokenRecord;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jooq.DSLContext;

/** How far each processor has read, and which node reads for it. */
public final class TokenTable {
    private static final TokenSchema SCHEMA = TokenSchema.builder()
            .setTokenTable("eventstore.token")
            .setProcessorNameColumn("processor_name")
            .setTokenTypeColumn("token_type")
            .build();

    private TokenTable() {}

    public static TokenStore store(ConnectionProvider connections, Serializer serializer, String node) {
        return JdbcTokenStore.builder()
                .connectionProvider(connections)
                .serializer(serializer)
                .schema(SCHEMA)
                .nodeId(node)
                .build();
    }

    /** The position up to which every segment of a processor has stored its work, on whatever node; 0 when there is none yet. */
    public static long position(DSLContext sql, Serializer serializer, String processor) {
        return sql.selectFrom(TOKEN).where(TOKEN.PROCESSOR_NAME.eq(processor)).fetch().stream()
                .mapToLong(row -> position(serializer, row))
                .min()
                .orElse(0);
    }

    private static long position(Serializer serializer, TokenRecord row) {
        if (row.getToken() == null) {
            return 0;
        }
        TrackingToken token = serializer.deserialize(
                new SimpleSerializedObject<>(row.getToken(), byte[].class, row.getTokenType(), null));
        return token.position().orElse(0);
    }

    /** Frees every segment at once; only for a node that knows to be alone. */
    public static void releaseClaims(DSLContext sql) {
        sql.update(TOKEN).setNull(TOKEN.OWNER).execute();
    }
}
