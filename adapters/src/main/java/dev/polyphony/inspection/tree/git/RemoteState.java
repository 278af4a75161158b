package dev.polyphony.inspection.tree.git;

import static dev.polyphony.inspection.SourceProblem.REPOSITORY_EMPTY;
import static dev.polyphony.inspection.SourceProblem.REPOSITORY_REF_NOT_FOUND;
import static dev.polyphony.inspection.SourceProblem.REPOSITORY_UNSUPPORTED;

import dev.polyphony.shared.Rejection;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;

/**
 * Why a repository that was reached does not have what was asked for.
 *
 * @param refs full names of all that it advertises
 */
record RemoteState(String location, GitSelection selection, Collection<String> refs) {
    private static final int MAX_NAMED = 10;
    private static final int MAX_NAME = 100;

    Rejection refusal() {
        List<String> branches = named(Constants.R_HEADS);
        List<String> tags = named(Constants.R_TAGS);
        String ref = selection.ref();
        if (branches.isEmpty() && tags.isEmpty()) {
            return empty("is empty: it has no commits yet", "a repository with a commit", ref);
        }
        if (ref != null) {
            return REPOSITORY_REF_NOT_FOUND
                    .because("The repository " + location + " has no branch, tag or commit '" + ref + "'."
                            + (selection.looksLikeShortCommit()
                                    ? " If it is the beginning of a commit id, give the id with all its 40 digits."
                                    : "")
                            + listed(branches, tags))
                    .about("ref", ref, "one of its branches or tags, or a commit id that it hands out");
        }
        return branches.isEmpty()
                ? empty(
                        "has tags but no branch; name one of its tags as 'ref'." + listed(branches, tags),
                        "a tag",
                        null)
                : empty(
                        "has no commit on its default branch yet; name another branch as 'ref'."
                                + listed(branches, tags),
                        "a branch",
                        null);
    }

    static Rejection sha256(String location) {
        return REPOSITORY_UNSUPPORTED
                .because("The repository " + location
                        + " names its objects by SHA-256, which is not supported; only repositories with SHA-1"
                        + " are read.")
                .about(GitRemotes.PARAMETER, location, "a repository in git's usual object format");
    }

    private Rejection empty(String why, String expected, @Nullable String ref) {
        return REPOSITORY_EMPTY
                .because("The repository " + location + " " + (why.endsWith(".") ? why : why + "."))
                .about(ref == null ? GitRemotes.PARAMETER : "ref", ref == null ? location : ref, expected);
    }

    private List<String> named(String prefix) {
        return refs.stream()
                .filter(name -> name.startsWith(prefix) && name.length() <= MAX_NAME)
                .map(name -> name.substring(prefix.length()))
                .filter(name -> name.chars().noneMatch(Character::isISOControl))
                .sorted()
                .limit(MAX_NAMED)
                .toList();
    }

    private static String listed(List<String> branches, List<String> tags) {
        return list(" Branches", branches) + list(" Tags", tags);
    }

    private static String list(String title, List<String> names) {
        return names.isEmpty() ? "" : title + names.stream().collect(Collectors.joining(", ", ": ", "."));
    }
}
