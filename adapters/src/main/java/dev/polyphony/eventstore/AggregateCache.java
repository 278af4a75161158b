package dev.polyphony.eventstore;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates that were used last, so that a command need not read their events again. It holds a bounded number and lets go
 * of the one that was used longest ago: a run gets all its commands soon after it was made. A cache that prefers what is used
 * often turns new aggregates away once it is full.
 */
public final class AggregateCache implements Cache {
    private static final float LOAD_FACTOR = 0.75f;

    private final Map<Object, Object> entries;

    /** @param size the most aggregates that are kept */
    public AggregateCache(int size) {
        entries = Collections.synchronizedMap(new LinkedHashMap<>(size, LOAD_FACTOR, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
                return size() > size;
            }
        });
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the signature is Axon's
    public <K, V> @Nullable V get(K key) {
        return (@Nullable V) entries.get(key);
    }

    @Override
    public void put(Object key, Object value) {
        entries.put(key, value);
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return entries.putIfAbsent(key, value) == null;
    }

    @Override
    public boolean remove(Object key) {
        return entries.remove(key) != null;
    }

    @Override
    public boolean containsKey(Object key) {
        return entries.containsKey(key);
    }

    /** @throws UnsupportedOperationException always; repositories do not listen */
    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        throw new UnsupportedOperationException("listeners are not notified of entries that come and go");
    }
}
