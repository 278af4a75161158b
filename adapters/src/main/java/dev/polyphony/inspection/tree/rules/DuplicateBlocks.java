package dev.polyphony.inspection.tree.rules;

import dev.polyphony.inspection.tree.files.TextFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Code that is there twice: at least {@value #WINDOW} lines in a row that are equal but for white space, across files or
 * within one. Blank lines, comments, docstrings, imports and lines with hardly a letter in them do not count. A block is reported
 * once per copy, at the copy, as long as it goes. One pass over the lines: each window of lines is looked up by its hash.
 */
final class DuplicateBlocks implements FileRule {
    static final int WINDOW = 6;
    /** Keeps the memory of one inspection below some 60 MB; lines beyond are not compared. */
    private static final int MAX_COMPARED = 500_000;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int LETTERS = 5;
    private static final List<String> UNCOUNTED =
            List.of("import ", "package ", "using ", "from ", "require", "export *");

    private final List<Line> lines = new ArrayList<>();

    /** @param hash of its text without white space; 64 bits, so that equal hashes mean equal lines */
    private record Line(String file, int number, long hash) {}

    @Override
    public void look(TextFile file, FindingCollector sightings) {
        if (!file.isCode()) {
            return;
        }
        CodeLines code = new CodeLines(file);
        for (int i = 0; i < file.lines().size() && lines.size() < MAX_COMPARED; i++) {
            sightings.step();
            String text = file.lines().get(i).strip();
            if (code.isCode(text) && counts(text)) {
                lines.add(new Line(file.path(), i + 1, hash(text)));
            }
        }
    }

    @Override
    public void finish(FindingCollector sightings) {
        Map<Long, Integer> firstPlaces = new HashMap<>();
        int free = 0;
        for (int at = 0; at + WINDOW <= lines.size(); at++) {
            sightings.step();
            Integer earlier = firstPlaces.putIfAbsent(windowHash(at), at);
            int length = earlier == null || at < free ? 0 : equalLines(earlier, at);
            if (earlier != null && length >= WINDOW) {
                sightings.add(sighting(earlier, at, length));
                free = at + length;
            }
        }
    }

    private RuleMatch sighting(int first, int copy, int length) {
        Line start = lines.get(copy);
        String place = place(copy, length);
        String original = place(first, length);
        return new RuleMatch(
                Rule.DUPLICATE_BLOCK,
                start.file(),
                start.number(),
                length,
                place + " repeat " + original + ": " + length + " equal lines of code.",
                "Give what " + original + " and " + place + " share one home and use it from both.");
    }

    private String place(int at, int length) {
        Line start = lines.get(at);
        return start.file() + " lines " + start.number() + " to "
                + lines.get(at + length - 1).number();
    }

    /** How many lines from here on are equal, within one file each and without overlap. */
    private int equalLines(int first, int copy) {
        int length = 0;
        while (copy + length < lines.size()
                && first + length < copy
                && isIn(first, first + length)
                && isIn(copy, copy + length)
                && lines.get(first + length).hash() == lines.get(copy + length).hash()) {
            length++;
        }
        return length;
    }

    private boolean isIn(int start, int at) {
        return lines.get(start).file().equals(lines.get(at).file());
    }

    private long windowHash(int at) {
        long hash = FNV_OFFSET;
        for (int i = at; i < at + WINDOW; i++) {
            hash = (hash ^ lines.get(i).hash()) * FNV_PRIME;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    private static boolean counts(String text) {
        return text.chars().filter(Character::isLetterOrDigit).limit(LETTERS).count() == LETTERS
                && UNCOUNTED.stream().noneMatch(text::startsWith);
    }

    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            hash = Character.isWhitespace(c) ? hash : (hash ^ c) * FNV_PRIME;
        }
        return hash;
    }
}
