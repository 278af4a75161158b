package dev.polyphony.inspection;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** What is inspected. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Source.Repository.class, name = "repository"),
    @JsonSubTypes.Type(value = Source.Text.class, name = "text")
})
public sealed interface Source {
    /**
     * A tree of files.
     *
     * @param location a path below the configured repositories root, or an http(s) URL of a git repository
     * @param ref a branch, a tag or a whole commit id; null for the default branch, or the files as they lie on this machine
     * @param path a folder within it; null for all
     * @param token the name of the configured token that a private repository takes; null for none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Repository(
            String location,
            @Nullable String ref,
            @Nullable String path,
            @Nullable String token) implements Source {
        /** All of the default branch of a public repository, or of a folder. */
        public Repository(String location) {
            this(location, null, null, null);
        }
    }

    /** Text that came with the request. */
    record Text(String text) implements Source {}
}
