package dev.polyphony.workflows.web;

import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.WordsOf;
import dev.polyphony.workflows.RunOptions;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What an orchestration should do. A field that is absent has its documented default.
 *
 * @param orchestrationMode what the run is for; {@code intelligent} when absent
 * @param targetComponents {@code all}, or some of {@code code_quality}, {@code security}, {@code performance} and {@code documentation},
 *     separated by commas; {@code all} when absent
 * @param priorityLevel waiting steps of a higher priority start first; {@code normal} when absent
 * @param aiProviders {@code all}, or names of enabled providers separated by commas; {@code all} when absent
 * @param repository a path below the configured root, or the http(s) URL of a git repository; the root itself when neither this nor {@code
 *     input} is given
 * @param ref a branch, tag or whole commit id of the repository; when absent the default branch, or the files as they lie in a folder
 * @param path a folder within the repository; all of it when absent
 * @param token the name of a configured token for a private repository; none when absent
 * @param input a text to work on instead of a repository
 * @param subject an id of whom the input is about, under which it can be erased; the workflow_id when absent
 */
@Schema(name = "OrchestratorTrigger")
record TriggerBody(
        @Schema(
                allowableValues = {
                    "intelligent",
                    "full_analysis",
                    "emergency_response",
                    "performance_optimization",
                    "security_audit",
                    "documentation_update"
                })
        @Nullable
        @Size(max = 64, message = "at most 64 characters")
        String orchestrationMode,

        @Nullable @Size(max = 500, message = "at most 500 characters")
        String targetComponents,

        @WordsOf(RunOptions.Priority.class) @Nullable @Size(max = 16, message = "at most 16 characters")
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
