package dev.polyphony.inspection.tree.git;

import static dev.polyphony.inspection.SourceProblem.REPOSITORY_TOKEN_UNKNOWN;
import static dev.polyphony.outbound.OutboundProblem.URL_INVALID;

import dev.polyphony.inspection.Source;
import dev.polyphony.inspection.tree.files.Deadline;
import dev.polyphony.inspection.tree.files.SourceLimits;
import dev.polyphony.inspection.tree.files.SourceTree;
import dev.polyphony.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Reads git repositories over http and https. */
public final class GitRemotes implements AutoCloseable {
    static final String PARAMETER = "repository";
    private static final Duration SWEEP = Duration.ofMinutes(5);

    private final OkHttpClient client;
    private final OutboundPolicy policy;
    private final Scratch scratch;
    private final Map<String, GitToken> tokens;
    private @Nullable ScheduledExecutorService sweeper;

    /**
     * @param guarded refuses at connect time what the policy refuses
     * @param scratch a folder for what is fetched
     * @param tokens for private repositories, by the names that callers know
     */
    public GitRemotes(OkHttpClient guarded, OutboundPolicy policy, Path scratch, Map<String, GitToken> tokens) {
        OwnGitSettings.install();
        this.client = guarded;
        this.policy = policy;
        this.scratch = new Scratch(scratch);
        this.tokens = Map.copyOf(tokens);
    }

    /** Removes what killed processes left behind, now and every five minutes until it is closed. */
    public synchronized GitRemotes sweeping() {
        if (sweeper == null) {
            sweeper = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("scratch").factory());
            var _ = sweeper.scheduleWithFixedDelay(scratch::removeLeftovers, 0, SWEEP.toSeconds(), TimeUnit.SECONDS);
        }
        return this;
    }

    @Override
    public synchronized void close() {
        if (sweeper != null) {
            sweeper.shutdownNow();
            sweeper = null;
        }
    }

    /** Whether a location is meant as a URL rather than as a path, by whatever scheme. */
    public static boolean isUrl(String location) {
        return location.contains("://");
    }

    /** Refuses a URL that may not be called, a ref or path that is not one, and a token that is not for this server. */
    public void admit(Source.Repository source) {
        GitSelection.of(source);
        String location = source.location();
        try {
            URI url = new URI(location);
            policy.check(url, PARAMETER);
            token(source, url);
        } catch (URISyntaxException _) {
            throw URL_INVALID
                    .because("The repository URL '" + location + "' is not a URL.")
                    .about(PARAMETER, location, "an http(s) URL of a git repository");
        }
    }

    private @Nullable GitToken token(Source.Repository source, URI url) {
        String name = source.token();
        if (name == null) {
            return null;
        }
        GitToken token = tokens.get(name);
        if (token == null || !token.isFor(url)) {
            throw REPOSITORY_TOKEN_UNKNOWN
                    .because("There is no git token '" + name + "' for " + url.getHost()
                            + "; an operator configures it below polyphony.repositories.tokens.")
                    .about("token", name, "the name of a token that is configured for this server");
        }
        return token;
    }

    /** One commit, to be closed after reading. */
    public SourceTree fetch(Source.Repository source, SourceLimits limits, Deadline deadline) {
        admit(source);
        GitToken token = token(source, URI.create(source.location()));
        try (GitConnections connections =
                new GitConnections(client, policy, deadline, limits.transferBytes()).sending(token)) {
            Fetch fetch = new Fetch(source.location(), GitSelection.of(source), limits, deadline, connections);
            try {
                return fetch.into(scratch.create());
            } catch (IOException | RuntimeException e) { // JGit meets some malformed answers with unchecked exceptions
                throw new FetchRefusal(fetch).of(e);
            }
        }
    }
}
