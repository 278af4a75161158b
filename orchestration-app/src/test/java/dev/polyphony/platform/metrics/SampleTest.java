package dev.polyphony.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void isReadOnceForAllThatIsShownOfIt() {
        AtomicLong now = new AtomicLong();
        AtomicInteger reads = new AtomicInteger();
        Sample<Integer> sample = new Sample<>(reads::incrementAndGet, now::get);

        assertThat(sample.number(Integer::intValue)).isEqualTo(1);
        now.set(SECOND);
        assertThat(sample.number(Integer::intValue)).isEqualTo(1);
        now.set(SECOND + 1);
        assertThat(sample.number(value -> value * 10)).isEqualTo(20);
    }

    @Test
    void hasNoNumberWhileItCannotBeRead() {
        Sample<Integer> sample = new Sample<>(() -> {
            throw new IllegalStateException("no database");
        });

        assertThat(sample.number(Integer::intValue)).isNaN();
    }
}
