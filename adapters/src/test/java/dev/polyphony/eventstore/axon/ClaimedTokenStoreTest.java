package dev.polyphony.eventstore.axon;

import static dev.polyphony.db.eventstore.Tables.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.postgres.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes, of which one holds a segment, and wall clocks that are wrong. */
@ExtendWith(PostgresExtension.class)
class ClaimedTokenStoreTest {
    private static final String GROUP = "observed";

    /** Half of what Axon allows a holder to be silent. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final AtomicLong nanos = new AtomicLong();
    private final DSLContext sql;
    private final TokenStore holder;
    private final TokenStore observer;

    ClaimedTokenStoreTest(DataSource database, DSLContext sql) {
        this.sql = sql;
        this.holder = store("holder", database);
        this.observer = store("observer", database);
    }

    @BeforeEach
    void claim() {
        sql.deleteFrom(TOKEN).where(TOKEN.PROCESSOR_NAME.eq(GROUP)).execute();
        holder.initializeTokenSegments(GROUP, 1);
        holder.fetchToken(GROUP, 0);
        holder.storeToken(new GlobalSequenceTrackingToken(42), GROUP, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT0S", "PT1H"})
    void takesASegmentFromAHolderThatDoesNotMoveWhateverTheWallClockSays(Duration step) {
        setWallClock(step);
        assertThat(observer.fetchAvailableSegments(GROUP)).isEmpty();
        nanos.addAndGet(LOOK.toNanos());
        assertThat(observer.fetchAvailableSegments(GROUP)).isEmpty();
        nanos.addAndGet(LOOK.toNanos());

        assertThat(observer.fetchAvailableSegments(GROUP)).containsExactly(Segment.ROOT_SEGMENT);
        assertThat(observer.fetchToken(GROUP, Segment.ROOT_SEGMENT)).isEqualTo(new GlobalSequenceTrackingToken(42));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT0S", "PT1H"})
    void leavesASegmentToAHolderThatMovesWhateverTheWallClockSays(Duration step) {
        for (int look = 0; look < 10; look++) {
            setWallClock(step.plusMillis(look));
            assertThat(observer.fetchAvailableSegments(GROUP)).isEmpty();
            assertThatThrownBy(() -> observer.fetchToken(GROUP, 0)).isInstanceOf(UnableToClaimTokenException.class);
            nanos.addAndGet(LOOK.toNanos());
        }
    }

    @Test
    void takesASegmentThatNobodyHoldsAtOnce() {
        holder.releaseClaim(GROUP, 0);

        assertThat(observer.fetchAvailableSegments(GROUP)).containsExactly(Segment.ROOT_SEGMENT);
    }

    /** What the holder writes by a clock that is off by so much. */
    private void setWallClock(Duration step) {
        sql.update(TOKEN)
                .set(TOKEN.TIMESTAMP, DateTimeUtils.formatInstant(Instant.now().plus(step)))
                .where(TOKEN.PROCESSOR_NAME.eq(GROUP))
                .execute();
    }

    private TokenStore store(String node, DataSource database) {
        return TokenTable.store(
                database::getConnection, Jackson3Serializer.builder().build(), new SegmentClaims(node), nanos::get);
    }
}
