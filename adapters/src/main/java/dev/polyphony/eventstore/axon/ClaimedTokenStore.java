package dev.polyphony.eventstore.axon;

import static dev.polyphony.db.eventstore.Tables.TOKEN;

import dev.polyphony.postgres.FailureDetector;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.function.LongSupplier;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.common.jdbc.JdbcException;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.AbstractTokenEntry;
import org.axonframework.eventhandling.tokenstore.GenericTokenEntry;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.serialization.SerializedObject;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Lets a node store a token, and go on reading a segment, only while it holds the segment. Axon's own store quietly takes a
 * segment back that nobody holds: a node that was at work while the processor was reset would then store its old position
 * over the new one, or wait for ever at the old one while the stored one stays behind. Axon's own also compares the wall clocks
 * of machines to tell whether a holder is alive; here each node judges by its own monotonic clock.
 */
final class ClaimedTokenStore extends JdbcTokenStore {
    private static final String STORE = """
        update eventstore.token set token = ?, token_type = ?, timestamp = ?
        where processor_name = ? and segment = ? and owner = ?
        returning set_config('synchronous_commit', 'off', true)
        """;

    private final String node;
    private final SegmentClaims claims;
    private final FailureDetector<ClaimedSegment> holders;

    /** @param nanos a clock that only goes forward */
    ClaimedTokenStore(Builder builder, SegmentClaims claims, LongSupplier nanos) {
        super(builder.nodeId(claims.node()));
        this.node = claims.node();
        this.claims = claims;
        this.holders = new FailureDetector<>(nanos);
    }

    private record ClaimedSegment(String processor, int number) {}

    /** Who wrote the row last and when, by its own wall clock: it moves whenever the holder stores or extends. */
    private record Movement(String owner, String timestamp) {}

    /** Lets a segment be taken from a holder that does not move, and not from one whose wall clock is another one. */
    @Override
    protected AbstractTokenEntry<?> readTokenEntry(ResultSet row) throws SQLException {
        return new Entry(row);
    }

    private final class Entry extends GenericTokenEntry<byte[]> {
        private Entry(ResultSet row) throws SQLException {
            super(
                    row.getBytes(TOKEN.TOKEN_.getName()),
                    row.getString(TOKEN.TOKEN_TYPE.getName()),
                    row.getString(TOKEN.TIMESTAMP.getName()),
                    row.getString(TOKEN.OWNER.getName()),
                    row.getString(TOKEN.PROCESSOR_NAME.getName()),
                    row.getInt(TOKEN.SEGMENT.getName()),
                    byte[].class);
        }

        @Override
        public boolean mayClaim(String claimer, TemporalAmount timeout) {
            String owner = getOwner();
            return owner == null
                    || owner.equals(claimer)
                    || holders.suspects(
                            new ClaimedSegment(getProcessorName(), getSegment()),
                            new Movement(owner, timestampAsString()),
                            Duration.from(timeout));
        }
    }

    /** Processors claim a segment so. */
    @Override
    public @Nullable TrackingToken fetchToken(String processor, Segment segment) {
        TrackingToken token = super.fetchToken(processor, segment);
        claims.begin(processor, segment.getSegmentId());
        return token;
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processor, int segment) {
        TrackingToken token = super.fetchToken(processor, segment);
        claims.begin(processor, segment);
        return token;
    }

    /**
     * Takes the disk out of the way of the transaction that it is a part of: what a crash of PostgreSQL undoes of it, read model
     * and token, is done again from the history. PostgreSQL writes in the order of commits, so nothing that was committed later,
     * or sent out because of it, outlives it.
     */
    @Override
    public void storeToken(TrackingToken token, String processor, int segment) {
        SerializedObject<byte[]> stored = serializer().serialize(token, byte[].class);
        try (Connection connection = getConnection();
                PreparedStatement update = connection.prepareStatement(STORE)) {
            update.setBytes(1, stored.getData());
            update.setString(2, stored.getType().getName());
            update.setString(3, now());
            update.setString(4, processor);
            update.setInt(5, segment);
            update.setString(6, node);
            try (ResultSet row = update.executeQuery()) {
                if (!row.next()) {
                    throw taken(processor, segment);
                }
            }
        } catch (SQLException failure) {
            throw new JdbcException(
                    "the token of segment " + segment + " of " + processor + " cannot be stored", failure);
        }
    }

    @Override
    public void extendClaim(String processor, int segment) {
        try (Connection connection = getConnection()) {
            int extended = DSL.using(connection)
                    .update(TOKEN)
                    .set(TOKEN.TIMESTAMP, now())
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

    private static String now() {
        return DateTimeUtils.formatInstant(AbstractTokenEntry.clock.instant());
    }

    private static UnableToClaimTokenException taken(String processor, int segment) {
        return new UnableToClaimTokenException("segment " + segment + " of " + processor
                + " was taken from this node, which begins anew with what is stored");
    }
}
