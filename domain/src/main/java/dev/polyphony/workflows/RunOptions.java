package dev.polyphony.workflows;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run is done, apart from what it is about.
 *
 * @param priority waiting steps of a higher priority start first
 * @param tags words by which it is found, in the order given; at most 32, 1 to 64 characters each
 * @param parent what started it; null when no other run did
 * @param providers names of the model providers that may be asked; empty means all
 */
public record RunOptions(
        Priority priority, List<String> tags, @Nullable Parent parent, List<String> providers) {
    public static final RunOptions DEFAULT = new RunOptions(Priority.NORMAL, List.of(), null, List.of());

    private static final int MAX_TAGS = 32;
    private static final int MAX_TAG_LENGTH = 64;

    /** Ordered from the least to the most urgent. */
    public enum Priority {
        @JsonProperty("low")
        LOW,
        @JsonProperty("normal")
        NORMAL,
        @JsonProperty("high")
        HIGH,
        @JsonProperty("critical")
        CRITICAL
    }

    /** @param step the step of the other run that waits for this one */
    public record Parent(WorkflowRunId workflowId, String step) {}

    public RunOptions {
        tags = List.copyOf(tags);
        providers = List.copyOf(providers);
        if (tags.size() > MAX_TAGS) {
            throw new IllegalArgumentException("a run has at most " + MAX_TAGS + " tags, not " + tags.size());
        }
        for (String tag : tags) {
            if (tag.isEmpty() || tag.length() > MAX_TAG_LENGTH) {
                throw new IllegalArgumentException(
                        "a tag has 1 to " + MAX_TAG_LENGTH + " characters, not '" + tag + "'");
            }
        }
    }

    /** The same for a run of that priority. */
    public RunOptions with(Priority other) {
        return new RunOptions(other, tags, parent, providers);
    }
}
