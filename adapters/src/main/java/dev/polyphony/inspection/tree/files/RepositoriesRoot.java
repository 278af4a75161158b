package dev.polyphony.inspection.tree.files;

import static dev.polyphony.inspection.SourceProblem.REPOSITORY_NOT_FOUND;
import static dev.polyphony.inspection.SourceProblem.REPOSITORY_OUTSIDE_ROOT;
import static dev.polyphony.inspection.SourceProblem.REPOSITORY_PROTECTED;
import static dev.polyphony.inspection.SourceProblem.REPOSITORY_ROOT_MISSING;

import dev.polyphony.inspection.SourceProblem;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The only folder below which repositories on this machine are read. Refusals repeat the path as the caller wrote it and
 * tell nothing about what exists outside.
 */
public final class RepositoriesRoot {
    private static final String EXPECTED =
            "a folder below the configured repositories root, or the http(s) URL of a git repository";

    private static final Path NOWHERE = Path.of("/nonexistent");

    private final Path root;
    private final DataFolder data;
    private final @Nullable TenantId without;

    /**
     * @param root {@code polyphony.repositories.root}; need not exist yet
     * @param data the server's own folder, which is refused and, within what is inspected, left out
     */
    public RepositoriesRoot(Path root, Path data) {
        this(root, data, null);
    }

    private RepositoriesRoot(Path root, Path data, @Nullable TenantId without) {
        this.root = root.toAbsolutePath().normalize();
        this.data = new DataFolder(data);
        this.without = without;
    }

    /** For a tenant that may read no folder of this machine: each is refused. */
    public static RepositoriesRoot none(TenantId tenant) {
        return new RepositoriesRoot(NOWHERE, NOWHERE, tenant);
    }

    /** The tree at a path, relative to the root or absolute within it. */
    public SourceTree tree(String location) {
        return new LocalTree(folder(location), data);
    }

    /** The real place of a folder, relative to the root or absolute within it. */
    public Path folder(String location) {
        if (without != null) {
            throw REPOSITORY_ROOT_MISSING
                    .because("The tenant '" + without
                            + "' reads no folders of this machine: give the http(s) URL of a git"
                            + " repository, or have an operator give the tenant a repositories_root.")
                    .about("repository", location, "the http(s) URL of a git repository");
        }
        Path written = written(location);
        try {
            Path realRoot = root.toRealPath();
            if (!lexically(written, root) && !lexically(written, realRoot)) {
                throw outside(location);
            }
            Path target = root.resolve(written);
            if (!nearestExisting(target).startsWith(realRoot)) {
                throw outside(location);
            }
            Path real = target.toRealPath();
            if (data.holds(real)) {
                throw refuse(REPOSITORY_PROTECTED, location, "lies in the server's own data directory");
            }
            if (Files.isDirectory(real)) {
                return real;
            }
        } catch (IOException _) {
            throw notFound(location);
        }
        throw notFound(location);
    }

    private static Path written(String location) {
        try {
            return Path.of(location);
        } catch (InvalidPathException _) {
            throw notFound(location);
        }
    }

    private static boolean lexically(Path written, Path root) {
        return root.resolve(written).normalize().startsWith(root);
    }

    /** The real place of the deepest part that exists, so that a link is judged before what lies behind it. */
    private static Path nearestExisting(Path target) throws IOException {
        Path part = target;
        while (Files.notExists(part, LinkOption.NOFOLLOW_LINKS) && part.getParent() != null) {
            part = part.getParent();
        }
        return part.toRealPath();
    }

    private static Rejection outside(String location) {
        return refuse(REPOSITORY_OUTSIDE_ROOT, location, "leaves the folder that repositories are read from");
    }

    private static Rejection notFound(String location) {
        return refuse(REPOSITORY_NOT_FOUND, location, "is not a folder below the one that repositories are read from");
    }

    private static Rejection refuse(SourceProblem problem, String location, String why) {
        return problem.because("The repository path '" + location + "' " + why
                        + "; give a path relative to polyphony.repositories.root, or the http(s) URL of a git"
                        + " repository.")
                .about("repository", location, EXPECTED);
    }
}
