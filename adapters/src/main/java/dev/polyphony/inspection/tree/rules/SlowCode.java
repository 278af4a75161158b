package dev.polyphony.inspection.tree.rules;

import dev.polyphony.inspection.tree.files.TextFile;
import java.util.List;
import java.util.Locale;

/** Two habits that cost time and are plain to see outside tests: blocking sleeps, and queries for every column. */
final class SlowCode implements FileRule {
    private static final String SLEEP = ".sleep(";
    private static final List<String> SLEEPERS = List.of("Thread", "time", "TimeUnit.SECONDS", "TimeUnit.MILLISECONDS");
    private static final String ALL_COLUMNS = "select " + "* from ";
    private static final int MAX_LINE = 2_000;

    @Override
    public void look(TextFile file, FindingCollector sightings) {
        if (!file.isCode() || file.isTest()) {
            return;
        }
        CodeLines code = new CodeLines(file);
        for (int i = 0; i < file.lines().size(); i++) {
            sightings.step();
            String line = file.lines().get(i).strip();
            if (code.isCode(line) && line.length() <= MAX_LINE) {
                look(file, i + 1, line, sightings);
            }
        }
    }

    private static void look(TextFile file, int number, String line, FindingCollector sightings) {
        String place = file.path() + " line " + number;
        if (SLEEPERS.stream().anyMatch(sleeper -> line.contains(sleeper + SLEEP))) {
            String remedy = "Wait for the event itself instead of sleeping in " + place + ", with a timeout.";
            sightings.add(new RuleMatch(
                    Rule.BLOCKING_SLEEP, file.path(), number, 0, place + " blocks its thread with a sleep.", remedy));
        }
        if (isQueryForAllColumns(file, line.toLowerCase(Locale.ROOT))) {
            String remedy = "Name the columns that the query in " + place + " needs.";
            sightings.add(new RuleMatch(
                    Rule.SELECT_STAR, file.path(), number, 0, place + " selects every column of a table.", remedy));
        }
    }

    /** In a program it counts within a string, or where it opens a line of one. */
    private static boolean isQueryForAllColumns(TextFile file, String line) {
        int at = line.indexOf(ALL_COLUMNS);
        if (at < 0) {
            return false;
        }
        String before = line.substring(0, at);
        return at == 0
                || file.type().equals("sql")
                || before.contains("\"")
                || before.contains("'")
                || before.contains("`");
    }
}
