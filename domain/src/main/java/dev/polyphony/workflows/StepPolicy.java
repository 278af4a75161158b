package dev.polyphony.workflows;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What becomes of a step whose attempts do not succeed.
 *
 * @param maxAttempts how often an attempt may begin, whoever ended the ones before: 1 to 100
 * @param retries how many failed attempts are tried again: 0 or more, less than {@code maxAttempts}
 * @param onError what happens when the step has failed for good
 */
public record StepPolicy(int maxAttempts, int retries, OnError onError) {
    public static final StepPolicy DEFAULT = new StepPolicy(5, 0, OnError.FAIL_RUN);

    private static final int MAX_ATTEMPTS = 100;

    public enum OnError {
        @JsonProperty("fail_run")
        FAIL_RUN,
        /** The steps that wait for it run as if it were completed. */
        @JsonProperty("continue")
        CONTINUE
    }

    public StepPolicy {
        if (maxAttempts < 1 || maxAttempts > MAX_ATTEMPTS) {
            throw new IllegalArgumentException("a step has 1 to " + MAX_ATTEMPTS + " attempts, not " + maxAttempts);
        }
        if (retries < 0 || retries >= maxAttempts) {
            throw new IllegalArgumentException("a step of " + maxAttempts + " attempts has 0 to " + (maxAttempts - 1)
                    + " retries, not " + retries);
        }
    }
}
