package dev.polyphony.eventstore.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who want to hear of something. What one of them does wrong hurts neither the others nor the thread that tells. */
final class Listeners<L> {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<L> all = new CopyOnWriteArrayList<>();

    void add(L listener) {
        all.add(listener);
    }

    void remove(L listener) {
        all.remove(listener);
    }

    void tell(Consumer<L> news) {
        for (L listener : all) {
            try {
                news.accept(listener);
            } catch (Throwable failure) { // an Error too: the events are stored, whatever their listeners make of them
                LOG.error("a listener of the history failed", failure);
            }
        }
    }
}
