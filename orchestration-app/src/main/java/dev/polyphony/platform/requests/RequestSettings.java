package dev.polyphony.platform.requests;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * @param maxBody the longest body of most endpoints
 * @param maxLargeBody the longest body of those that take texts: chats, embeddings, the input of a run
 * @param maxBodiesInFlight what the bodies of all requests that are being answered may weigh together; an eighth of the heap
 *     when absent
 * @param bodyTimeout the longest that a client may take to send a body
 */
@ConfigurationProperties("polyphony.requests")
@Validated
record RequestSettings(
        @DefaultValue("64KB") DataSize maxBody,
        @DefaultValue("16MB") DataSize maxLargeBody,
        @Nullable DataSize maxBodiesInFlight,

        @DefaultValue("60s") @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration bodyTimeout) {
    private static final int SHARE_OF_HEAP = 8;

    @AssertTrue(message = "must be 1 KB to 16 MB, and max-body not more than max-large-body")
    boolean isMaxLargeBodyUsable() {
        return maxBody.toKilobytes() >= 1
                && maxBody.compareTo(maxLargeBody) <= 0
                && maxLargeBody.compareTo(DataSize.ofMegabytes(16)) <= 0;
    }

    @AssertTrue(message = "must be at least max-large-body")
    boolean isMaxBodiesInFlightUsable() {
        return maxBodiesInFlight == null || maxBodiesInFlight.compareTo(maxLargeBody) >= 0;
    }

    /** Never less than one large body. */
    long bytesInFlight() {
        return maxBodiesInFlight == null
                ? Math.max(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, maxLargeBody.toBytes())
                : maxBodiesInFlight.toBytes();
    }
}
