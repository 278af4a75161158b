package dev.polyphony.providers.resilience;

import java.time.Instant;

/**
 * A time in which a provider is not asked, because it refused.
 *
 * @param why in our words: those of the vendor belong to the caller whose request it refused
 * @param rateLimited whether it limited our rate, and not our key, quota or model
 */
public record CoolDown(Instant until, String why, boolean rateLimited) {}
