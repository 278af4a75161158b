package dev.polyphony.eventstore.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listeners of one kind. A failure of one of them affects neither the others nor the thread that notifies them. */
final class Listeners<L> {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<L> all = new CopyOnWriteArrayList<>();

    void add(L listener) {
        all.add(listener);
    }

    void remove(L listener) {
        all.remove(listener);
    }

    void notifyEach(Consumer<L> news) {
        for (L listener : all) {
            try {
                news.accept(listener);
            } catch (Throwable failure) { // an Error too: the events are stored, whatever their listeners make of them
                LOG.error("a listener of the history failed", failure);
            }
        }
    }
}
