package dev.polyphony.inspection.tree.git;

import static dev.polyphony.inspection.SourceProblem.REPOSITORY_NOT_FOUND;
import static dev.polyphony.inspection.SourceProblem.REPOSITORY_UNSUPPORTED;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.polyphony.inspection.Source;
import dev.polyphony.inspection.tree.files.BareRepository;
import dev.polyphony.inspection.tree.files.SourceTree;
import dev.polyphony.shared.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/**
 * Commits of a repository on this machine, read from git's own store. What links or points out of its folder is refused, so that
 * nothing from elsewhere is read by way of it.
 */
public final class LocalGit {
    private static final List<String> PARTS = List.of(
            "HEAD",
            "config",
            "packed-refs",
            "objects",
            "objects/pack",
            "objects/info",
            "refs",
            "refs/heads",
            "refs/tags");

    private static final long MAX_CONFIG = 1_000_000;

    private LocalGit() {}

    /** Refuses a ref or a path that is not written as one. */
    public static void admit(Source.Repository source) {
        GitSelection.of(source);
    }

    /** Whether a commit is to be read rather than the files as they lie there. */
    public static boolean isMeant(Source.Repository source, Path folder) {
        return source.ref() != null || BareRepository.isAt(folder);
    }

    /** The files of the chosen commit, to be closed after reading. */
    public static SourceTree tree(Source.Repository source, Path folder) {
        OwnGitSettings.install();
        GitSelection selection = GitSelection.of(source);
        try {
            Repository repository = open(source.location(), folder);
            try {
                ObjectId commit = commit(repository, selection, source.location());
                return new GitTree(repository, selection.tree(repository, commit, source.location()), () -> {});
            } catch (IOException | RuntimeException e) {
                repository.close();
                throw e;
            }
        } catch (IOException e) {
            throw REPOSITORY_UNSUPPORTED
                    .because("The git repository at " + source.location() + " cannot be read: " + e.getMessage() + ".")
                    .about(GitRemotes.PARAMETER, source.location(), "a git repository that is not damaged");
        }
    }

    private static Repository open(String location, Path folder) throws IOException {
        Path git = BareRepository.isAt(folder) ? folder : folder.resolve(".git");
        if (!Files.isDirectory(git, NOFOLLOW_LINKS) || !BareRepository.isAt(git)) {
            throw REPOSITORY_NOT_FOUND
                    .because("'" + location + "' is no git repository with its own .git folder, so it has no 'ref'.")
                    .about("ref", null, "absent for a folder that is no git repository");
        }
        boolean leaves = PARTS.stream().anyMatch(part -> Files.isSymbolicLink(git.resolve(part)))
                || Files.exists(git.resolve("objects/info/alternates"), NOFOLLOW_LINKS)
                || Files.exists(git.resolve("commondir"), NOFOLLOW_LINKS);
        if (leaves) {
            throw REPOSITORY_UNSUPPORTED
                    .because("The git repository at " + location + " keeps a part of itself elsewhere, by a link or by"
                            + " alternates; only what lies in its own folder is read.")
                    .about(GitRemotes.PARAMETER, location, "a repository that is complete in its folder");
        }
        if (Files.size(git.resolve("config")) < MAX_CONFIG
                && Files.readString(git.resolve("config")).matches("(?is).*objectformat\\s*=\\s*sha256.*")) {
            throw RemoteState.sha256(location);
        }
        return new FileRepository(git.toFile());
    }

    private static ObjectId commit(Repository repository, GitSelection selection, String location) throws IOException {
        if (selection.isCommit()) {
            ObjectId id = ObjectId.fromString(selection.ref());
            if (repository.getObjectDatabase().has(id)) {
                return id;
            }
        }
        for (String name : selection.candidates()) {
            Ref ref = repository.exactRef(name);
            if (ref != null && ref.getObjectId() != null) {
                return ref.getObjectId();
            }
        }
        throw missing(repository, selection, location);
    }

    private static Rejection missing(Repository repository, GitSelection selection, String location)
            throws IOException {
        List<String> names = repository.getRefDatabase().getRefs().stream()
                .filter(ref -> ref.getObjectId() != null)
                .map(Ref::getName)
                .toList();
        return new RemoteState(location, selection, names).refusal();
    }
}
