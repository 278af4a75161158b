package dev.polyphony.inspection.tree.files;

import java.util.Arrays;
import java.util.Set;

/** Folders that hold what tools made or downloaded, not what people wrote. */
public final class SkippedFolders {
    private static final Set<String> ALWAYS = Set.of(
            ".git",
            ".hg",
            ".svn",
            ".idea",
            ".vscode",
            ".settings",
            ".gradle",
            ".polyphony",
            ".venv",
            ".tox",
            ".cache",
            ".mypy_cache",
            ".pytest_cache",
            ".ruff_cache",
            ".next",
            ".nuxt",
            ".terraform",
            "node_modules",
            "bower_components",
            "__pycache__");

    private static final Set<String> OUTSIDE_SOURCES =
            Set.of("target", "build", "dist", "out", "vendor", "venv", "coverage");

    private SkippedFolders() {}

    /** A folder named {@code build} below {@code src} is a package, elsewhere it is build output. */
    public static boolean skips(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return ALWAYS.contains(name)
                || (OUTSIDE_SOURCES.contains(name)
                        && !Arrays.asList(path.split("/", -1)).contains("src"));
    }
}
