package dev.polyphony.workflows.web;

import dev.polyphony.shared.DataSubject;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What an orchestration should do. A field that is absent has its documented default.
 *
 * @param orchestrationMode one of the documented modes; {@code intelligent}
 * @param targetComponents {@code all}, or components separated by commas; {@code all}
 * @param priorityLevel {@code low}, {@code normal}, {@code high} or {@code critical}; {@code normal}
 * @param aiProviders {@code all}, or names of configured providers separated by commas; {@code all}
 * @param repository a path below the configured root, or the http(s) URL of a git repository; the root itself when neither
 *     this nor {@code input} is given
 * @param ref a branch, tag or whole commit id of the repository; the default branch, or the files as they lie in a folder
 * @param path a folder within the repository; all of it
 * @param token the name of a configured token that a private repository takes; none
 * @param input a text to work on instead of a repository
 * @param subject an id of whom the input is about, under which it can be erased; the workflow_id when absent
 */
record TriggerBody(
        @Nullable @Size(max = 64, message = "at most 64 characters")
        String orchestrationMode,

        @Nullable @Size(max = 500, message = "at most 500 characters")
        String targetComponents,

        @Nullable @Size(max = 16, message = "at most 16 characters")
        String priorityLevel,

        @Nullable @Size(max = 1000, message = "at most 1000 characters")
        String aiProviders,

        @Nullable @Size(min = 1, max = 2048, message = "1 to 2048 characters")
        String repository,

        @Nullable @Size(min = 1, max = 500, message = "1 to 500 characters")
        String ref,

        @Nullable @Size(min = 1, max = 500, message = "1 to 500 characters")
        String path,

        @Nullable @Size(min = 1, max = 100, message = "1 to 100 characters")
        String token,

        @Nullable
        @Size(min = 1, max = 1_000_000, message = "1 to 1000000 characters")
        @Pattern(regexp = "[^\\x00]*+", message = "text without NUL characters")
        String input,

        @Nullable @Pattern(regexp = DataSubject.FORM, message = DataSubject.RULE)
        String subject) {}
