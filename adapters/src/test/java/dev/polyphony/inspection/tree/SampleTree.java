package dev.polyphony.inspection.tree;

import dev.polyphony.inspection.Finding;
import dev.polyphony.inspection.Inspection;
import dev.polyphony.inspection.Source;
import dev.polyphony.inspection.tree.files.RepositoriesRoot;
import dev.polyphony.inspection.tree.files.SourceLimits;
import dev.polyphony.inspection.tree.git.GitRemotes;
import dev.polyphony.outbound.OutboundPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;

/** Files that a test writes below a root, and what the inspector says about them. */
final class SampleTree {
    static final OutboundPolicy ANY_ADDRESS = (_, _) -> {};

    private final Path root;

    SampleTree(Path root) {
        this.root = root;
    }

    SampleTree with(String path, String... lines) {
        return withText(path, String.join("\n", lines) + "\n");
    }

    SampleTree withText(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Inspection inspected() {
        return inspected(SourceLimits.DEFAULTS);
    }

    Inspection inspected(SourceLimits limits, String... components) {
        return inspector(limits).inspect(new Source.Repository("."), List.of(components));
    }

    /** Findings of one rule, in order. */
    List<Finding> findings(String rule) {
        return inspected().findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
    }

    TreeInspector inspector(SourceLimits limits) {
        GitRemotes remotes = new GitRemotes(new OkHttpClient(), ANY_ADDRESS, root.resolve("target/scratch"), Map.of());
        return new TreeInspector(new RepositoriesRoot(root, root.resolve("data")), remotes, limits);
    }
}
