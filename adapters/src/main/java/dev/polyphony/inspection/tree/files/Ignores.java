package dev.polyphony.inspection.tree.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.ignore.FastIgnoreRule;
import org.eclipse.jgit.ignore.IgnoreNode;

/** The {@code .gitignore} files from the top of a tree down to one folder; the deepest that says anything decides. */
record Ignores(List<Scope> deepestFirst) {
    static final Ignores NONE = new Ignores(List.of());

    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_LINE = 200;
    private static final int MAX_STARS = 8;
    private static final int MAX_STARS_IN_NAME = 2;

    /** @param prefix the folder's path with a slash at its end; empty at the top */
    record Scope(String prefix, IgnoreNode rules) {}

    /** These rules and those of a folder below. */
    Ignores within(Path folder, String prefix) {
        List<FastIgnoreRule> rules = rules(folder.resolve(".gitignore"));
        if (rules.isEmpty()) {
            return this;
        }
        List<Scope> deeper = new ArrayList<>();
        deeper.add(new Scope(prefix, new IgnoreNode(rules)));
        deeper.addAll(deepestFirst);
        return new Ignores(List.copyOf(deeper));
    }

    boolean cover(String path, boolean folder) {
        for (Scope scope : deepestFirst) {
            Boolean ignored =
                    scope.rules().checkIgnored(path.substring(scope.prefix().length()), folder);
            if (ignored != null) {
                return ignored;
            }
        }
        return false;
    }

    private static List<FastIgnoreRule> rules(Path file) {
        try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .filter(Ignores::isTame)
                    .map(FastIgnoreRule::new)
                    .toList();
        } catch (IOException _) {
            return List.of(); // there is none, or it is a link: nothing is ignored
        }
    }

    /** Patterns become regular expressions: those whose matching could take for ever are left out. */
    private static boolean isTame(String line) {
        return !line.isBlank()
                && !line.startsWith("#")
                && line.length() <= MAX_LINE
                && stars(line) <= MAX_STARS
                && line.chars().filter(c -> c == '[').count() <= MAX_STARS_IN_NAME
                && List.of(line.split("/", -1)).stream().allMatch(name -> stars(name) <= MAX_STARS_IN_NAME);
    }

    private static long stars(String pattern) {
        return pattern.chars().filter(c -> c == '*').count();
    }
}
