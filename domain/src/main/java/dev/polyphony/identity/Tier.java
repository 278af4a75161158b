package dev.polyphony.identity;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a tenant has booked; decides its rate limits. */
public enum Tier {
    @JsonProperty("free")
    FREE,
    @JsonProperty("basic")
    BASIC,
    @JsonProperty("pro")
    PRO,
    @JsonProperty("enterprise")
    ENTERPRISE
}
