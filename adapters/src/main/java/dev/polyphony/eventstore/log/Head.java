package dev.polyphony.eventstore.log;

import dev.polyphony.eventstore.chain.HashChain;
import dev.polyphony.eventstore.chain.StoredEvent;
import java.util.ArrayList;
import java.util.List;

/** The end of the history: what the next event is chained to. */
@SuppressWarnings("ArrayRecordComponent") // compared by position; the hash follows from it
record Head(long position, byte[] hash) {
    /** Gives events their places after this head. */
    List<StoredEvent> chain(List<PendingAppend> appends) {
        List<StoredEvent> chained = new ArrayList<>();
        Head head = this;
        for (PendingAppend append : appends) {
            for (int i = 0; i < append.events().size(); i++) {
                long position = head.position + 1;
                byte[] hash =
                        HashChain.link(head.hash, position, append.digests().get(i));
                chained.add(new StoredEvent(position, append.events().get(i), hash));
                head = new Head(position, hash);
            }
        }
        return chained;
    }
}
