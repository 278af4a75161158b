package dev.polyphony.conversations.openai;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the OpenAI-compatible API behaves; {@code docs/openai.md} explains it.
 *
 * @param timeout the longest that one request may take, with all attempts, 1 s to 24 h
 */
@ConfigurationProperties("polyphony.openai")
record OpenAiSettings(@DefaultValue("10m") Duration timeout) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    OpenAiSettings {
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("polyphony.openai.timeout is 1 s to 24 h, not " + timeout);
        }
    }
}
