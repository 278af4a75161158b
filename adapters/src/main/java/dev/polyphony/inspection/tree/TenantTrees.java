package dev.polyphony.inspection.tree;

import dev.polyphony.inspection.RepositoryRoots;
import dev.polyphony.inspection.SourceInspector;
import dev.polyphony.inspection.SourceInspectors;
import dev.polyphony.inspection.tree.files.RepositoriesRoot;
import dev.polyphony.inspection.tree.files.SourceLimits;
import dev.polyphony.inspection.tree.git.GitRemotes;
import dev.polyphony.shared.TenantId;
import java.nio.file.Path;

/** Reads below the root that the tenant has at that moment. */
public final class TenantTrees implements SourceInspectors, AutoCloseable {
    private final RepositoryRoots roots;
    private final Path data;
    private final GitRemotes remotes;

    /** @param data the server's own folder, which nobody reads */
    public TenantTrees(RepositoryRoots roots, Path data, GitRemotes remotes) {
        this.roots = roots;
        this.data = data;
        this.remotes = remotes;
    }

    @Override
    public SourceInspector of(TenantId tenant) {
        RepositoriesRoot root = roots.of(tenant)
                .map(path -> new RepositoriesRoot(path, data))
                .orElseGet(() -> RepositoriesRoot.none(tenant));
        return new TreeInspector(root, remotes, SourceLimits.DEFAULTS);
    }

    @Override
    public void close() {
        remotes.close();
    }
}
