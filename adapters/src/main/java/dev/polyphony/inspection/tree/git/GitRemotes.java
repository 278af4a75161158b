package dev.polyphony.inspection.tree.git;

import static dev.polyphony.outbound.OutboundProblem.URL_INVALID;

import dev.polyphony.inspection.tree.files.Deadline;
import dev.polyphony.inspection.tree.files.SourceLimits;
import dev.polyphony.inspection.tree.files.SourceTree;
import dev.polyphony.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import okhttp3.OkHttpClient;

/** Reads public git repositories over http and https. */
public final class GitRemotes {
    static final String PARAMETER = "repository";

    private final OkHttpClient client;
    private final OutboundPolicy policy;
    private final Scratch scratch;

    /**
     * @param guarded refuses at connect time what the policy refuses
     * @param scratch a folder for what is fetched; each fetch removes its own, and what a killed process left behind
     */
    public GitRemotes(OkHttpClient guarded, OutboundPolicy policy, Path scratch) {
        OwnGitSettings.install();
        this.client = guarded;
        this.policy = policy;
        this.scratch = new Scratch(scratch);
    }

    /** Whether a location is meant as a URL rather than as a path, by whatever scheme. */
    public static boolean isUrl(String location) {
        return location.contains("://");
    }

    /** Refuses a URL that may not be called. */
    public void admit(String location) {
        try {
            policy.check(new URI(location), PARAMETER);
        } catch (URISyntaxException _) {
            throw URL_INVALID
                    .because("The repository URL '" + location + "' is not a URL.")
                    .about(PARAMETER, location, "an http(s) URL of a git repository");
        }
    }

    /** The newest state of the default branch, to be closed after reading. */
    public SourceTree fetch(String location, SourceLimits limits, Deadline deadline) {
        admit(location);
        try (GitConnections connections = new GitConnections(client, policy, deadline, limits.transferBytes())) {
            Fetch fetch = new Fetch(location, limits, deadline, connections);
            try {
                return fetch.into(scratch.create());
            } catch (IOException | RuntimeException e) { // JGit meets some malformed answers with unchecked exceptions
                throw new FetchRefusal(fetch).of(e);
            }
        }
    }
}
