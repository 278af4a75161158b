package dev.polyphony.providers.config;

import dev.polyphony.providers.management.ProviderView.Limits;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When, how much and at what price one provider is asked.
 *
 * @param circuit when it is not asked because it fails
 * @param coolDowns when it is not asked because it refused
 * @param rates how much it is asked
 * @param price what it costs; null when that is not known
 * @param contextTokens tokens that a request and its reply may have together; null when not known
 * @param queue what becomes of calls that are more than are allowed at once
 */
public record ProviderLimits(
        Circuit circuit,
        CoolDowns coolDowns,
        Limits rates,
        @Nullable Price price,
        @Nullable Integer contextTokens,
        Queue queue) {
    public static final int DEFAULT_CONCURRENT_CALLS = 64;

    public static final ProviderLimits DEFAULT = new ProviderLimits(
            Circuit.DEFAULT, CoolDowns.DEFAULT, new Limits(DEFAULT_CONCURRENT_CALLS, null, null), null, null);

    /** With the usual queue. */
    public ProviderLimits(
            Circuit circuit,
            CoolDowns coolDowns,
            Limits rates,
            @Nullable Price price,
            @Nullable Integer contextTokens) {
        this(circuit, coolDowns, rates, price, contextTokens, Queue.DEFAULT);
    }

    /**
     * @param places calls that may wait
     * @param maxWait how long each may wait
     */
    public record Queue(int places, Duration maxWait) {
        public static final Queue DEFAULT = new Queue(128, Duration.ofSeconds(2));
    }

    /**
     * @param failures that many in a row open it, when they are of two callers or of as many requests
     * @param openFor how long it stays open before one call may try
     */
    public record Circuit(int failures, Duration openFor) {
        public static final Circuit DEFAULT = new Circuit(5, Duration.ofMinutes(10));
    }

    /**
     * @param rateLimited after a rate limit that said no time; doubled with each that follows without a reply in between
     * @param rateLimitedMax what it grows to
     * @param refused after a refused key or an exhausted quota that said no time
     */
    public record CoolDowns(Duration rateLimited, Duration rateLimitedMax, Duration refused) {
        public static final CoolDowns DEFAULT =
                new CoolDowns(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30));
    }

    /**
     * US dollars for a million tokens.
     *
     * @param input for those read
     * @param output for those written
     */
    public record Price(BigDecimal input, BigDecimal output) {
        private static final int MILLION = 6;
        public static final Price NOTHING = new Price(BigDecimal.ZERO, BigDecimal.ZERO);

        public BigDecimal of(long inputTokens, long outputTokens) {
            BigDecimal cost = input.multiply(BigDecimal.valueOf(inputTokens))
                    .add(output.multiply(BigDecimal.valueOf(outputTokens)))
                    .movePointLeft(MILLION)
                    .stripTrailingZeros();
            return cost.scale() < 0 ? cost.setScale(0) : cost;
        }
    }
}
