package dev.polyphony.eventstore;

import static dev.polyphony.db.eventstore.Tables.TOKEN;

import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.serialization.Serializer;
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

    /** Frees every segment at once; only for a node that knows to be alone. */
    public static void releaseClaims(DSLContext sql) {
        sql.update(TOKEN).setNull(TOKEN.OWNER).execute();
    }
}
