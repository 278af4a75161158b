package dev.polyphony.inspection.tree;

import dev.polyphony.inspection.Inspection;
import dev.polyphony.inspection.Source;
import dev.polyphony.inspection.SourceInspector;
import dev.polyphony.inspection.tree.files.Deadline;
import dev.polyphony.inspection.tree.files.FileCollector;
import dev.polyphony.inspection.tree.files.GivenText;
import dev.polyphony.inspection.tree.files.RepositoriesRoot;
import dev.polyphony.inspection.tree.files.SourceLimits;
import dev.polyphony.inspection.tree.files.SourceTree;
import dev.polyphony.inspection.tree.git.GitRemotes;
import dev.polyphony.inspection.tree.rules.Rulebook;
import java.util.List;

/** Inspects folders, git repositories and texts by reading their files once, one after the other. */
public final class TreeInspector implements SourceInspector {
    private final RepositoriesRoot root;
    private final GitRemotes remotes;
    private final SourceLimits limits;

    public TreeInspector(RepositoriesRoot root, GitRemotes remotes, SourceLimits limits) {
        this.root = root;
        this.remotes = remotes;
        this.limits = limits;
    }

    @Override
    public void admit(Source source) {
        switch (source) {
            case Source.Repository(String location) when GitRemotes.isUrl(location) -> remotes.admit(location);
            case Source.Repository(String location) -> root.tree(location).close();
            case Source.Text(String text) -> new GivenText(text).admit(limits);
        }
    }

    @Override
    public Inspection inspect(Source source, List<String> components) {
        Deadline deadline = Deadline.in(limits.time());
        return switch (source) {
            case Source.Repository(String location) -> {
                try (SourceTree tree = repository(location, deadline)) {
                    yield read(location, tree, Rulebook.forTree(tree, components), deadline);
                }
            }
            case Source.Text(String text) -> {
                GivenText given = new GivenText(text);
                given.admit(limits);
                yield read(GivenText.PATH, given, Rulebook.forText(components), deadline);
            }
        };
    }

    private SourceTree repository(String location, Deadline deadline) {
        return GitRemotes.isUrl(location) ? remotes.fetch(location, limits, deadline) : root.tree(location);
    }

    private Inspection read(String name, SourceTree tree, Rulebook rules, Deadline deadline) {
        Inventory inventory = new Inventory();
        FileCollector intake = new FileCollector(limits, deadline, file -> {
            inventory.add(file);
            rules.look(file);
        });
        tree.readInto(intake);
        rules.finish();
        return new Inspection(
                name,
                intake.files(),
                inventory.lines(),
                inventory.bytes(),
                intake.skipped(),
                inventory.types(),
                inventory.largestFiles(),
                rules.total(),
                rules.findings());
    }
}
