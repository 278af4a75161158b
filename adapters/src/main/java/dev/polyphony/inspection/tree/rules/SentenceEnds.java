package dev.polyphony.inspection.tree.rules;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where the sentences of a paragraph end: where Unicode's rules say so, and also before a small letter, because notes
 * written in a hurry have no capitals. A full stop after a common abbreviation or a single letter ends nothing there.
 */
final class SentenceEnds {
    private static final String MARKS = ".!?";
    private static final Set<String> ABBREVIATIONS = Set.of(
            "e.g", "i.e", "etc", "vs", "cf", "approx", "ca", "incl", "resp", "no", "nr", "fig", "z.b", "d.h", "usw");

    private SentenceEnds() {}

    /** Offsets after each sentence, ascending; the last is the length of the text. */
    static List<Integer> in(String text) {
        List<Integer> ends = new ArrayList<>();
        BreakIterator pieces = BreakIterator.getSentenceInstance(Locale.ROOT);
        pieces.setText(text);
        int start = 0;
        for (int end = pieces.next(); end != BreakIterator.DONE; end = pieces.next()) {
            within(text, start, end, ends);
            ends.add(end);
            start = end;
        }
        return ends;
    }

    private static void within(String text, int start, int end, List<Integer> ends) {
        int word = start;
        for (int i = start; i + 2 < end; i++) {
            char c = text.charAt(i);
            if (c == ' ') {
                word = i + 1;
            } else if (MARKS.indexOf(c) >= 0 && text.charAt(i + 1) == ' ' && isWord(text.substring(word, i))) {
                ends.add(i + 2);
            }
        }
    }

    private static boolean isWord(String word) {
        return word.length() > 1 && !ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT));
    }
}
