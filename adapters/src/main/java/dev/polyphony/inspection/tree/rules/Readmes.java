package dev.polyphony.inspection.tree.rules;

import dev.polyphony.inspection.Quantity;
import dev.polyphony.inspection.tree.files.PathIndex;
import dev.polyphony.inspection.tree.files.TextFile;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A source without a README at its top, and large top folders without one anywhere. */
final class Readmes implements FileRule {
    static final int LARGE = 20;

    private static final List<String> NAMES =
            List.of("README", "README.md", "README.txt", "README.rst", "README.adoc", "readme.md", "Readme.md");

    private final PathIndex paths;
    private final Map<String, Integer> filesByTopFolder = new TreeMap<>();
    private final Set<String> described = new HashSet<>();
    private int files;

    Readmes(PathIndex paths) {
        this.paths = paths;
    }

    @Override
    public void look(TextFile file, FindingCollector sightings) {
        files++;
        int slash = file.path().indexOf('/');
        String folder = slash < 0 ? "" : file.path().substring(0, slash);
        filesByTopFolder.merge(folder, 1, Integer::sum);
        if (file.name().toLowerCase(Locale.ROOT).startsWith("readme")) {
            described.add(folder);
        }
    }

    @Override
    public void finish(FindingCollector sightings) {
        if (files > 0 && !isDescribed("")) {
            sightings.add(new RuleMatch(
                    Rule.MISSING_README,
                    ".",
                    1,
                    files,
                    "There is no README at the top of the repository, which has " + Quantity.of(files, "file") + ".",
                    "Write a README.md at the top that says what this is for and how to build, run and test it."));
        }
        filesByTopFolder.forEach((folder, count) -> folder(folder, count, sightings));
    }

    private void folder(String folder, int count, FindingCollector sightings) {
        sightings.step();
        if (!folder.isEmpty() && !folder.startsWith(".") && count >= LARGE && !isDescribed(folder)) {
            sightings.add(new RuleMatch(
                    Rule.UNDOCUMENTED_FOLDER,
                    folder,
                    1,
                    count,
                    folder + "/ holds " + Quantity.of(count, "file") + " and no README.",
                    "Write " + folder + "/README.md: what belongs there and where to start reading."));
        }
    }

    /** Asks the tree too: a README may be among the files that were left out. */
    private boolean isDescribed(String folder) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        return described.contains(folder) || NAMES.stream().anyMatch(name -> paths.has(prefix + name));
    }
}
