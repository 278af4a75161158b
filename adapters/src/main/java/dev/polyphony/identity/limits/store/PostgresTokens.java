package dev.polyphony.identity.limits.store;

import dev.polyphony.identity.limits.RateLimit;
import dev.polyphony.identity.limits.SharedTokens;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * One row for each limit of an owner, which Bucket4j locks while it counts. A limit of another size is another row: whoever gets
 * another limit begins with all of it.
 */
@Component
class PostgresTokens implements SharedTokens {
    private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;

    PostgresTokens(DataSource database, Clock clock) {
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("identity.rate_limit")
                .idColumn("id")
                .stateColumn("state")
                .expiresAtColumn("expires_at")
                .clientClock(new WallClock(clock))
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ZERO))
                .build();
    }

    private record WallClock(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }

    @Override
    public Lease lease(String owner, RateLimit limit, long most) {
        VerboseResult<Long> result = buckets.builder()
                .build(key(owner, limit), () -> configuration(limit))
                .asVerbose()
                .tryConsumeAsMuchAsPossible(most);
        long refill = result.getDiagnostics().calculateFullRefillingTime();
        return new Lease(
                result.getValue(),
                result.getDiagnostics().getAvailableTokens(),
                Instant.ofEpochSecond(0, result.getOperationTimeNanos() + refill));
    }

    private static String key(String owner, RateLimit limit) {
        return "%s %s %d/%s".formatted(owner, limit.name(), limit.requests(), limit.window());
    }

    private static BucketConfiguration configuration(RateLimit limit) {
        return BucketConfiguration.builder()
                .addLimit(bandwidth ->
                        bandwidth.capacity(limit.requests()).refillIntervally(limit.requests(), limit.window()))
                .build();
    }

    @Override
    public int deleteFull(int most) {
        return buckets.removeExpired(most);
    }
}
