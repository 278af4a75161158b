package dev.polyphony.providers.wiring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How this node looks after its providers unasked.
 *
 * @param interval between two probes of a provider, 1 min to 24 h
 * @param vendors whether models elsewhere are asked too, which may cost money or use up a free tier
 */
@ConfigurationProperties("polyphony.probes")
public record ProbeSettings(Duration interval, boolean vendors) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    public ProbeSettings {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("polyphony.probes.interval is 1 min to 24 h, not " + interval);
        }
    }
}
