package dev.polyphony.inspection.tree.git;

import static dev.polyphony.inspection.SourceProblem.REPOSITORY_UNREACHABLE;
import static org.eclipse.jgit.lib.Constants.OBJ_BLOB;

import dev.polyphony.inspection.tree.files.FileCollector;
import dev.polyphony.inspection.tree.files.SkippedFolders;
import dev.polyphony.inspection.tree.files.SourceTree;
import java.io.IOException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The files of one commit, read from git's own store: nothing is checked out, so nothing can run or link elsewhere. */
final class GitTree implements SourceTree {
    private final Repository repository;
    private final ObjectId tree;
    private final Runnable removal;

    /**
     * Owns the repository and closes it at the end.
     *
     * @param removal what is left to do then
     */
    GitTree(Repository repository, ObjectId tree, Runnable removal) {
        this.repository = repository;
        this.tree = tree;
        this.removal = removal;
    }

    @Override
    public void readInto(FileCollector intake) {
        try (ObjectReader objects = repository.newObjectReader();
                TreeWalk walk = new TreeWalk(objects)) {
            walk.addTree(tree);
            while (walk.next()) {
                intake.meet(walk.getPathString());
                entry(walk, objects, intake);
            }
        } catch (IOException e) {
            throw REPOSITORY_UNREACHABLE.because("The git repository is damaged: " + e.getMessage());
        }
    }

    private static void entry(TreeWalk walk, ObjectReader objects, FileCollector intake) throws IOException {
        FileMode mode = walk.getFileMode();
        if (walk.isSubtree()) {
            if (walk.getDepth() < MAX_DEPTH && !SkippedFolders.skips(walk.getPathString())) {
                walk.enterSubtree();
            } else {
                intake.close(walk.getPathString());
            }
        } else if (mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE)) {
            file(walk.getPathString(), walk.getObjectId(0), objects, intake);
        } else {
            intake.close(walk.getPathString()); // a link or a submodule
        }
    }

    private static void file(String path, ObjectId blob, ObjectReader objects, FileCollector intake)
            throws IOException {
        try {
            long size = objects.getObjectSize(blob, OBJ_BLOB);
            if (intake.wants(path, size)) {
                intake.take(path, objects.open(blob, OBJ_BLOB).getCachedBytes(Math.toIntExact(size)));
            }
        } catch (MissingObjectException _) {
            intake.skip(path, "too large to be sent"); // the server was asked to leave it out
        }
    }

    @Override
    public void close() {
        repository.close();
        removal.run();
    }
}
