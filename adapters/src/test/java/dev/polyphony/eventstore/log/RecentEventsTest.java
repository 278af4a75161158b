package dev.polyphony.eventstore.log;

import static dev.polyphony.eventstore.log.EventExamples.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.eventstore.chain.HashChain;
import dev.polyphony.eventstore.chain.StoredEvent;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private final RecentEvents recent = new RecentEvents(7);

    /** The tail looks for other nodes' events from here: what is passed over is never announced. */
    @Test
    void growsByWhatFollowsOnly() {
        recent.offer(stored(9, 10));
        assertThat(recent.last()).isEqualTo(7);

        recent.offer(stored(8, 10));
        assertThat(recent.last()).isEqualTo(10);
        assertThat(recent.after(7, 10)).extracting(StoredEvent::position).containsExactly(8L, 9L, 10L);
    }

    @Test
    void leavesWhatIsOldToTheTable() {
        recent.offer(stored(8, 5_000));

        assertThat(recent.after(7, 10)).isEmpty();
        assertThat(recent.after(4_990, 5))
                .extracting(StoredEvent::position)
                .containsExactly(4_991L, 4_992L, 4_993L, 4_994L, 4_995L);
    }

    @Test
    void passesOverWhatItKnows() {
        recent.offer(stored(8, 9));

        recent.offer(stored(7, 10));

        assertThat(recent.last()).isEqualTo(10);
    }

    @Test
    void tellsOfNewsOnly() {
        int[] told = {0};
        recent.onNewEvents(() -> told[0]++);

        recent.offer(stored(8, 8));
        recent.offer(stored(8, 8));
        recent.offer(stored(10, 10));

        assertThat(told[0]).isEqualTo(1);
    }

    private static List<StoredEvent> stored(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(position -> new StoredEvent(position, event("thing", position), HashChain.genesis()))
                .toList();
    }
}
