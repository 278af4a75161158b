package dev.polyphony.identity.limits;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What is limited for each tenant. */
public enum Limit {
    /** Requests in a minute at {@code /}, {@code /openai} and {@code /ollama}. */
    @JsonProperty("stateset_per_minute")
    STATESET_PER_MINUTE,
    /** Requests in an hour at {@code /api/v1}. */
    @JsonProperty("amas_per_hour")
    AMAS_PER_HOUR,
    /** The most of them in one minute. */
    @JsonProperty("amas_burst")
    AMAS_BURST,
    /** Requests in a minute at {@code /v1}. */
    @JsonProperty("aivillage_per_minute")
    AIVILLAGE_PER_MINUTE,
    /** Requests in an hour at {@code /v1}. */
    @JsonProperty("aivillage_per_hour")
    AIVILLAGE_PER_HOUR,
    /** Requests in a minute for the orchestrator. */
    @JsonProperty("orchestrator_per_minute")
    ORCHESTRATOR_PER_MINUTE,
    /** Requests in a minute for the self-improver. */
    @JsonProperty("self_improver_per_minute")
    SELF_IMPROVER_PER_MINUTE,
    /** Requests in a minute for the issue responder. */
    @JsonProperty("issue_responder_per_minute")
    ISSUE_RESPONDER_PER_MINUTE,
    /** Requests in a minute about providers. */
    @JsonProperty("provider_management_per_minute")
    PROVIDER_MANAGEMENT_PER_MINUTE,
    /** Runs that are not ended. */
    @JsonProperty("concurrent_tasks")
    CONCURRENT_TASKS,
    /** Requests that one node answers at the same time. */
    @JsonProperty("concurrent_requests")
    CONCURRENT_REQUESTS,
    /** Bytes of memory that the bodies of those requests take. */
    @JsonProperty("body_bytes_in_flight")
    BODY_BYTES_IN_FLIGHT;

    /** As it is written in requests and replies. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
