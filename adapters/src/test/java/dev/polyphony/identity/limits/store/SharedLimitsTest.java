package dev.polyphony.identity.limits.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.identity.limits.RateLimit;
import dev.polyphony.identity.limits.RateLimiter;
import dev.polyphony.identity.limits.RateLimiter.Decision;
import dev.polyphony.identity.limits.SharedTokens;
import dev.polyphony.postgres.PostgresExtension;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Limits as two nodes on one database keep to them. */
@ExtendWith(PostgresExtension.class)
class SharedLimitsTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final RateLimit HUNDRED = new RateLimit("hundred", 100, Duration.ofMinutes(1));
    private static final RateLimit THREE = new RateLimit("three", 3, Duration.ofSeconds(10));

    private final DSLContext sql;
    private final SettableClock clock = new SettableClock();
    private final AtomicInteger queries = new AtomicInteger();
    private final SharedTokens tokens;
    private final RateLimiter here;
    private final RateLimiter there;
    private final String owner = UUID.randomUUID().toString();

    SharedLimitsTest(DataSource database, DSLContext sql) {
        this.sql = sql;
        this.tokens = counting(new PostgresTokens(database, clock));
        this.here = new RateLimiter(tokens, clock);
        this.there = new RateLimiter(tokens, clock);
    }

    @Test
    void tellsExactlyWhatIsLeftAndWhen() {
        List<Decision> decisions = take(here, 101, HUNDRED);

        assertThat(decisions.getFirst()).isEqualTo(new Decision(true, HUNDRED, 99, START.plusSeconds(60)));
        assertThat(decisions.stream().limit(100).map(Decision::left))
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> 99L - i).toList());
        assertThat(decisions.getLast()).isEqualTo(new Decision(false, HUNDRED, 0, START.plusSeconds(60)));
    }

    @Test
    void allowsAllAgainInTheNextWindowAndNotBefore() {
        take(here, 3, THREE);
        clock.advance(Duration.ofMillis(9_999));
        assertThat(here.take(owner, List.of(THREE)).allowed()).isFalse();

        clock.advance(Duration.ofMillis(1));

        assertThat(allowed(take(here, 4, THREE))).isEqualTo(3);
        assertThat(here.take(owner, List.of(THREE)).until()).isEqualTo(START.plusSeconds(20));
    }

    @Test
    void neverAllowsMoreOnTwoNodesTogether() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int window = 0; window < 3; window++) {
                List<Callable<Decision>> all = IntStream.range(0, 400)
                        .<Callable<Decision>>mapToObj(
                                i -> () -> (i % 2 == 0 ? here : there).take(owner, List.of(HUNDRED)))
                        .toList();

                List<Decision> decisions =
                        threads.invokeAll(all).stream().map(Future::resultNow).toList();

                assertThat(allowed(decisions)).isEqualTo(100);
                clock.advance(Duration.ofMinutes(1));
            }
        }
    }

    @Test
    void dropsWhatItLeasedWhenTheWindowIsOver() {
        take(here, 1, HUNDRED); // and leases some more
        clock.advance(Duration.ofMinutes(1));

        int all = allowed(take(there, 150, HUNDRED)) + allowed(take(here, 150, HUNDRED));

        assertThat(all).isEqualTo(100);
    }

    @Test
    void keepsATenthFromOthersAtMost() {
        take(here, 20, HUNDRED);

        assertThat(allowed(take(there, 100, HUNDRED))).isBetween(70, 80);
    }

    @Test
    void countsARequestAgainstAllOfItsLimitsOrNone() {
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            decisions.add(here.take(owner, List.of(HUNDRED, THREE)));
        }

        assertThat(allowed(decisions)).isEqualTo(3);
        assertThat(decisions.get(2)).isEqualTo(new Decision(true, HUNDRED, 97, START.plusSeconds(60)));
        assertThat(decisions.getLast()).isEqualTo(new Decision(false, THREE, 0, START.plusSeconds(10)));
        assertThat(allowed(take(here, 200, HUNDRED))).isEqualTo(97);
    }

    @Test
    void namesTheLimitThatIsOverLast() {
        RateLimit sooner = new RateLimit("sooner", 1, Duration.ofSeconds(5));
        RateLimit later = new RateLimit("later", 1, Duration.ofHours(1));
        here.take(owner, List.of(sooner, later));

        assertThat(here.take(owner, List.of(sooner, later)).limit()).isEqualTo(later);
        assertThat(here.take(owner, List.of(later, sooner)).limit()).isEqualTo(later);
    }

    @Test
    void asksTheDatabaseSeldom() {
        RateLimit many = new RateLimit("many", 10_000_000, Duration.ofHours(1));

        assertThat(allowed(take(here, 100_000, many))).isEqualTo(100_000);

        assertThat(queries.get()).isLessThan(30);
    }

    @Test
    void doesNotAskForThoseWhoAreRefused() {
        take(here, 3, THREE);
        int before = queries.get();

        assertThat(allowed(take(here, 1_000, THREE))).isZero();

        assertThat(queries.get() - before).isLessThanOrEqualTo(1);
    }

    @Test
    void keepsOwnersApart() {
        take(here, 3, THREE);

        assertThat(here.take(owner + "x", List.of(THREE)).allowed()).isTrue();
    }

    @Test
    void deletesWhatIsFullAgain() {
        take(here, 1, THREE);
        assertThat(rows()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(5));
        here.sweep();
        sql.execute("update identity.rate_limit set expires_at = 1 where id like '" + owner + "%'");
        tokens.deleteFull(1000);

        assertThat(rows()).isZero();
        assertThat(allowed(take(here, 4, THREE))).isEqualTo(3);
    }

    private int rows() {
        return sql.fetch("select id from identity.rate_limit where id like ?", owner + "%")
                .size();
    }

    private List<Decision> take(RateLimiter node, int times, RateLimit limit) {
        return Stream.generate(() -> node.take(owner, List.of(limit)))
                .limit(times)
                .toList();
    }

    private static int allowed(List<Decision> decisions) {
        return (int) decisions.stream().filter(Decision::allowed).count();
    }

    private SharedTokens counting(SharedTokens real) {
        return new SharedTokens() {
            @Override
            public Lease lease(String whose, RateLimit limit, long most) {
                queries.incrementAndGet();
                return real.lease(whose, limit, most);
            }

            @Override
            public int deleteFull(int most) {
                return real.deleteFull(most);
            }
        };
    }

    private static final class SettableClock extends Clock {
        private volatile Instant now = START;

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
