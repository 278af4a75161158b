package dev.polyphony.platform.axon;

import dev.polyphony.eventstore.log.EventLog;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the history is written.
 *
 * @param maxWaitingWrites changes that wait while others are written; one more is answered 503
 */
@ConfigurationProperties("polyphony.history")
@Validated
record EventLogSettings(
        @DefaultValue("" + EventLog.MAX_WAITING) @Min(1) @Max(1_000_000)
        int maxWaitingWrites) {}
