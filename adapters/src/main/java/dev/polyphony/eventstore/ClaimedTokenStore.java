package dev.polyphony.eventstore;

import java.sql.Connection;
import java.sql.ResultSet;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;

/**
 * Lets a node store a token only while it holds the segment. Axon's own store quietly takes a segment back that nobody
 * holds: a batch that was at work while the processor was reset would then store its old position over the new one.
 */
final class ClaimedTokenStore extends JdbcTokenStore {
    ClaimedTokenStore(Builder builder) {
        super(builder);
    }

    /** Axon comes here when the node does not hold the segment any more. */
    @Override
    protected void updateToken(
            Connection connection, ResultSet row, TrackingToken token, String processor, int segment) {
        throw new UnableToClaimTokenException(
                "segment " + segment + " of " + processor + " was taken from this node, and " + token + " with it");
    }
}
