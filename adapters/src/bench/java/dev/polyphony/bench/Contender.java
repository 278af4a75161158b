package dev.polyphony.bench;

import java.util.UUID;
import java.util.function.IntConsumer;

/** Somebody who can store new facts durably, one in each call. */
interface Contender extends AutoCloseable {
    /** Stores the first event of a new aggregate. */
    void create(String aggregateId);

    /** Stores another event of an aggregate. */
    void change(String aggregateId);

    /** Each thread works on hundreds of aggregates of its own, in turns. */
    default IntConsumer changes(int threads) {
        int each = 64;
        String[][] ids = new String[threads][each];
        for (String[] mine : ids) {
            for (int i = 0; i < each; i++) {
                mine[i] = UUID.randomUUID().toString();
                create(mine[i]);
            }
        }
        int[] turns = new int[threads];
        return thread -> change(ids[thread][turns[thread]++ % each]);
    }

    default IntConsumer creations() {
        return _ -> create(UUID.randomUUID().toString());
    }

    @Override
    void close();
}
