package dev.polyphony.conversations.gateway;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the interfaces for clients of models behave; {@code docs/openai.md} explains it.
 *
 * @param timeout the longest that one request may take, with all attempts, 1 s to 24 h
 */
@ConfigurationProperties("polyphony.gateway")
public record GatewaySettings(@DefaultValue("10m") Duration timeout) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    public GatewaySettings {
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("polyphony.gateway.timeout is 1 s to 24 h, not " + timeout);
        }
    }
}
