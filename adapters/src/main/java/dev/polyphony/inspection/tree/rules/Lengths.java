package dev.polyphony.inspection.tree.rules;

import dev.polyphony.inspection.tree.files.TextFile;
import java.util.List;

/** Code files with too many lines, and code files with lines that nobody reads to the end. */
final class Lengths implements FileRule {
    static final int MAX_LINES = 400;
    static final int MAX_COLUMNS = 200;

    @Override
    public void look(TextFile file, FindingCollector sightings) {
        if (file.isCode()) {
            lines(file, sightings);
            columns(file, sightings);
        }
    }

    private static void lines(TextFile file, FindingCollector sightings) {
        int lines = file.lines().size();
        if (lines > MAX_LINES) {
            sightings.add(new RuleMatch(
                    Rule.LONG_FILE,
                    file.path(),
                    1,
                    lines,
                    file.path() + " has " + lines + " lines; files of more than " + MAX_LINES + " count as long.",
                    "Split " + file.path() + " into parts that each do one thing."));
        }
    }

    private static void columns(TextFile file, FindingCollector sightings) {
        int first = 0;
        int count = 0;
        int longest = 0;
        List<String> lines = file.lines();
        for (int i = 0; i < lines.size(); i++) {
            sightings.step();
            int length = lines.get(i).length();
            if (length > MAX_COLUMNS) {
                first = count == 0 ? i + 1 : first;
                count++;
                longest = Math.max(longest, length);
            }
        }
        if (count > 0) {
            sightings.add(new RuleMatch(
                    Rule.LONG_LINE,
                    file.path(),
                    first,
                    longest,
                    "%s has %d %s of more than %d characters, the first is line %d and the longest has %d."
                            .formatted(file.path(), count, count == 1 ? "line" : "lines", MAX_COLUMNS, first, longest),
                    "Break line " + first + " of " + file.path() + (count == 1 ? "" : " and the other long lines")
                            + " where the sense breaks."));
        }
    }
}
