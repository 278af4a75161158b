package dev.polyphony.identity.automation;

import dev.polyphony.identity.ApiKeyCredentials;
import dev.polyphony.identity.ApiKeyId;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Remembers when keys are used, and writes it down every ten seconds. What a killed process had not written is lost. */
@Component
public class RecordKeyUse {
    private final ApiKeyCredentials credentials;
    private final Clock clock;
    private final Map<ApiKeyId, Instant> lastUses = new ConcurrentHashMap<>();

    public RecordKeyUse(ApiKeyCredentials credentials, Clock clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    public void used(ApiKeyId keyId) {
        lastUses.put(keyId, clock.instant());
    }

    /** What fails to be written is written the next time. */
    @PreDestroy
    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    public void flush() {
        Map<ApiKeyId, Instant> uses = new HashMap<>(lastUses);
        if (!uses.isEmpty()) {
            credentials.recordUse(uses);
            uses.forEach(lastUses::remove);
        }
    }
}
