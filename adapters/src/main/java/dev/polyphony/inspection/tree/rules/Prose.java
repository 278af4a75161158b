package dev.polyphony.inspection.tree.rules;

import java.util.ArrayList;
import java.util.List;

/** A text as its author laid it out. Fenced code is no prose. */
final class Prose {
    /**
     * @param line its first line, from 1
     * @param heading 1 to 6 for a heading, 0 for a paragraph or a list item
     * @param text with its line ends; without the marks of headings, items and quotes
     */
    record Block(int line, int heading, String text) {}

    private final List<Block> blocks = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();
    private int openedAt;
    private boolean afterCode;

    private Prose() {}

    /** The blocks in order. A fenced code block appears as a block without text, so that a heading above it is not empty. */
    static List<Block> of(List<String> lines) {
        Prose prose = new Prose();
        Fence fence = new Fence();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (fence.covers(line)) {
                prose.code(i + 1);
            } else {
                prose.line(i + 1, line.strip());
            }
        }
        prose.close();
        return List.copyOf(prose.blocks);
    }

    private void code(int number) {
        close();
        if (!afterCode) {
            blocks.add(new Block(number, 0, ""));
        }
        afterCode = true;
    }

    private void line(int number, String line) {
        afterCode = false;
        int heading = headingLevel(line);
        int mark = heading > 0 ? heading : markLength(line);
        if (heading > 0 || mark > 0 || line.isEmpty()) {
            close();
        }
        if (heading > 0) {
            blocks.add(new Block(number, heading, line.substring(mark).strip()));
        } else if (!line.isEmpty()) {
            openedAt = open.isEmpty() ? number : openedAt;
            open.append(open.isEmpty() ? "" : "\n").append(line.substring(mark).strip());
        }
    }

    private void close() {
        if (!open.isEmpty()) {
            blocks.add(new Block(openedAt, 0, open.toString()));
            open.setLength(0);
        }
    }

    private static int headingLevel(String line) {
        int level = 0;
        while (level < line.length() && level < 7 && line.charAt(level) == '#') {
            level++;
        }
        return level < 7 && level < line.length() && line.charAt(level) == ' ' ? level : 0;
    }

    /** The length of {@code "- "}, {@code "* "}, {@code "+ "}, {@code "> "} or {@code "12. "} at the start; 0 for none. */
    private static int markLength(String line) {
        int digits = 0;
        while (digits < line.length() && digits < 4 && Character.isDigit(line.charAt(digits))) {
            digits++;
        }
        boolean numbered = digits > 0 && (line.startsWith(". ", digits) || line.startsWith(") ", digits));
        boolean bullet = line.length() > 1 && "-*+>".indexOf(line.charAt(0)) >= 0 && line.charAt(1) == ' ';
        return numbered ? digits + 2 : bullet ? 2 : 0;
    }
}
