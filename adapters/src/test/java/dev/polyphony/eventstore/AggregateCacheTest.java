package dev.polyphony.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AggregateCacheTest {
    private final AggregateCache cache = new AggregateCache(2);

    @Test
    void letsGoOfWhatWasUsedLongestAgo() {
        cache.put("a", 1);
        cache.put("b", 2);
        cache.<String, Integer>get("a");

        cache.put("c", 3);

        assertThat(cache.containsKey("b")).isFalse();
        assertThat(cache.<String, Integer>get("a")).isEqualTo(1);
        assertThat(cache.<String, Integer>get("c")).isEqualTo(3);
    }

    @Test
    void forgetsWhatItIsToldToForget() {
        cache.put("a", 1);

        assertThat(cache.remove("a")).isTrue();
        assertThat(cache.remove("a")).isFalse();
        assertThat(cache.containsKey("a")).isFalse();
    }
}
