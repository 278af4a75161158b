package dev.polyphony.eventstore;

import static dev.polyphony.db.eventstore.Tables.TOKEN;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.common.jdbc.JdbcException;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.AbstractTokenEntry;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.jooq.impl.DSL;

/**
 * Lets a node store a token, and go on reading a segment, only while it holds the segment. Axon's own store quietly takes a
 * segment back that nobody holds: a node that was at work while the processor was reset would then store its old position
 * over the new one, or wait for ever at the old one while the stored one stays behind.
 */
final class ClaimedTokenStore extends JdbcTokenStore {
    private final String node;

    ClaimedTokenStore(Builder builder, String node) {
        super(builder.nodeId(node));
        this.node = node;
    }

    /** Axon comes here when the node does not hold the segment any more. */
    @Override
    protected void updateToken(
            Connection connection, ResultSet row, TrackingToken token, String processor, int segment) {
        throw taken(processor, segment);
    }

    @Override
    public void extendClaim(String processor, int segment) {
        try (Connection connection = getConnection()) {
            int extended = DSL.using(connection)
                    .update(TOKEN)
                    .set(TOKEN.TIMESTAMP, DateTimeUtils.formatInstant(AbstractTokenEntry.clock.instant()))
                    .where(TOKEN.PROCESSOR_NAME.eq(processor), TOKEN.SEGMENT.eq(segment), TOKEN.OWNER.eq(node))
                    .execute();
            if (extended == 0) {
                throw taken(processor, segment);
            }
        } catch (SQLException failure) {
            throw new JdbcException(
                    "the claim of segment " + segment + " of " + processor + " cannot be extended", failure);
        }
    }

    private static UnableToClaimTokenException taken(String processor, int segment) {
        return new UnableToClaimTokenException("segment " + segment + " of " + processor
                + " was taken from this node, which begins anew with what is stored");
    }
}
