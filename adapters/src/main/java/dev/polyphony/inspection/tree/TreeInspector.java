package dev.polyphony.inspection.tree;

import static dev.polyphony.inspection.SourceProblem.REPOSITORY_SELECTION_INVALID;

import dev.polyphony.inspection.Inspection;
import dev.polyphony.inspection.Source;
import dev.polyphony.inspection.SourceInspector;
import dev.polyphony.inspection.tree.files.Deadline;
import dev.polyphony.inspection.tree.files.FileCollector;
import dev.polyphony.inspection.tree.files.GivenText;
import dev.polyphony.inspection.tree.files.PathIndex;
import dev.polyphony.inspection.tree.files.RepositoriesRoot;
import dev.polyphony.inspection.tree.files.SourceLimits;
import dev.polyphony.inspection.tree.files.SourceTree;
import dev.polyphony.inspection.tree.git.GitRemotes;
import dev.polyphony.inspection.tree.git.LocalGit;
import dev.polyphony.inspection.tree.rules.Rulebook;
import java.nio.file.Path;
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
            case Source.Repository repository when GitRemotes.isUrl(repository.location()) -> remotes.admit(repository);
            case Source.Repository repository -> {
                LocalGit.admit(repository);
                local(repository).close();
            }
            case Source.Text(String text) -> new GivenText(text).admit(limits);
        }
    }

    @Override
    public Inspection inspect(Source source, List<String> components) {
        Deadline deadline = Deadline.in(limits.time());
        PathIndex paths = new PathIndex();
        return switch (source) {
            case Source.Repository repository -> {
                try (SourceTree tree = tree(repository, deadline)) {
                    Rulebook rules = Rulebook.forTree(paths, components, deadline);
                    yield new Reading(tree, paths, rules, deadline).of(repository.location());
                }
            }
            case Source.Text(String text) -> {
                GivenText given = new GivenText(text);
                given.admit(limits);
                yield new Reading(given, paths, Rulebook.forText(components, deadline), deadline).of(GivenText.PATH);
            }
        };
    }

    private SourceTree tree(Source.Repository source, Deadline deadline) {
        return GitRemotes.isUrl(source.location()) ? remotes.fetch(source, limits, deadline) : local(source);
    }

    /** A commit where one is asked for or nothing else is there, otherwise the files as they lie in the folder. */
    private SourceTree local(Source.Repository source) {
        if (source.token() != null) {
            throw REPOSITORY_SELECTION_INVALID
                    .because("A token is for the URL of a git repository, not for '" + source.location() + "'.")
                    .about("token", source.token(), "absent for a folder on this machine");
        }
        Path folder = root.folder(source.location());
        if (LocalGit.isMeant(source, folder)) {
            return LocalGit.tree(source, folder);
        }
        return root.tree(source.path() == null ? source.location() : source.location() + "/" + source.path());
    }

    /** One reading of a tree. */
    private final class Reading {
        private final SourceTree tree;
        private final Rulebook rules;
        private final Inventory inventory = new Inventory();
        private final FileCollector intake;

        Reading(SourceTree tree, PathIndex paths, Rulebook rules, Deadline deadline) {
            this.tree = tree;
            this.rules = rules;
            this.intake = new FileCollector(limits, deadline, paths, file -> {
                inventory.add(file);
                rules.look(file);
            });
        }

        Inspection of(String name) {
            tree.readInto(intake);
            rules.finish();
            return new Inspection(
                    name,
                    intake.files(),
                    inventory.lines(),
                    inventory.bytes(),
                    intake.skipped(),
                    intake.named(),
                    inventory.types(),
                    inventory.largestFiles(),
                    rules.total(),
                    rules.findings());
        }
    }
}
