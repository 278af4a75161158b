package dev.polyphony.inspection;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

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
     */
    record Repository(String location) implements Source {}

    /** Text that came with the request. */
    record Text(String text) implements Source {}
}
