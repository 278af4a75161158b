package dev.polyphony.inspection.tree.git;

import static dev.polyphony.inspection.SourceProblem.REPOSITORY_REF_NOT_FOUND;
import static dev.polyphony.inspection.SourceProblem.REPOSITORY_SELECTION_INVALID;

import dev.polyphony.inspection.Source;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * Which state of a repository, and which part of it.
 *
 * @param ref a branch, tag or whole commit id; null for HEAD
 * @param path a folder; empty for all
 */
record GitSelection(@Nullable String ref, String path) {
    private static final int MAX_LENGTH = 500;

    /** What git prints, and takes, in place of the 40 digits of a commit id. */
    private static final Pattern SHORT_ID = Pattern.compile("[0-9a-fA-F]{4,39}");

    static GitSelection of(Source.Repository source) {
        GitSelection selection = new GitSelection(source.ref(), source.path() == null ? "" : trimmed(source.path()));
        selection.check();
        return selection;
    }

    private static String trimmed(String path) {
        String folder = path.strip().replaceFirst("^(?:\\./)+", "").replaceFirst("/+$", "");
        return folder.equals(".") ? "" : folder;
    }

    private void check() {
        boolean isPath = path.length() <= MAX_LENGTH
                && (path.isEmpty()
                        || Arrays.stream(path.split("/", -1))
                                .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals("..")));
        if (!isPath || path.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\')) {
            throw REPOSITORY_SELECTION_INVALID
                    .because("The path '" + path + "' is not one of a folder within the repository.")
                    .about("path", path, "a relative path without '..', such as docs/guide");
        }
        if (ref != null && (ref.length() > MAX_LENGTH || !Repository.isValidRefName(Constants.R_HEADS + ref))) {
            throw REPOSITORY_SELECTION_INVALID
                    .because("The ref '" + ref + "' is not a name that git allows.")
                    .about("ref", ref, "a branch, a tag, or a commit id of 40 hexadecimal digits");
        }
    }

    boolean isCommit() {
        return ref != null && ObjectId.isId(ref);
    }

    /** Whether it can be meant as one: servers find commits by their whole ids only. */
    boolean looksLikeShortCommit() {
        return ref != null && SHORT_ID.matcher(ref).matches();
    }

    /** Full names under which the ref is looked for, one after the other. */
    List<String> candidates() {
        String name = ref;
        if (name == null || name.equals(Constants.HEAD)) {
            return List.of(Constants.HEAD);
        }
        return name.startsWith(Constants.R_REFS)
                ? List.of(name)
                : List.of(Constants.R_HEADS + name, Constants.R_TAGS + name);
    }

    /** The files of the chosen folder at a commit or a tag of one. */
    ObjectId tree(Repository repository, ObjectId commit, String location) throws IOException {
        try (RevWalk commits = new RevWalk(repository)) {
            ObjectId all = commits.parseCommit(commit).getTree().copy();
            if (path.isEmpty()) {
                return all;
            }
            try (TreeWalk found = TreeWalk.forPath(repository, path, all)) {
                if (found != null && found.isSubtree()) {
                    return found.getObjectId(0);
                }
            }
        }
        throw REPOSITORY_REF_NOT_FOUND
                .because("The repository " + location + " has no folder '" + path + "' at "
                        + (ref == null ? "the newest commit of its default branch" : ref) + ".")
                .about("path", path, "a folder within the repository");
    }
}
