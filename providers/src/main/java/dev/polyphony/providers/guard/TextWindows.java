package dev.polyphony.providers.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts a text into pieces of a sentence or two, as long as the sentence model reads well. */
final class TextWindows {
    static final int MAX_WHOLE = 600;
    private static final int MIN = 30;
    private static final int MAX = 320;
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?;。！？।])(?:\\s+|(?<=[。！？।]))|\\n+");

    private TextWindows() {}

    /** In the order of the text; the whole comes first when it is short. */
    static List<String> of(String text) {
        List<String> windows = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String sentence : SENTENCE_END.splitAsStream(text).toList()) {
            String piece = sentence.strip();
            if (piece.isEmpty()) {
                continue;
            }
            if (open.length() >= MIN || open.length() + piece.length() > MAX) {
                close(open, windows);
            }
            open.append(open.isEmpty() ? "" : " ").append(piece);
        }
        close(open, windows);
        if (windows.size() > 1 && text.length() <= MAX_WHOLE) {
            windows.addFirst(text.replace('\n', ' ').strip());
        }
        return windows;
    }

    private static void close(StringBuilder open, List<String> windows) {
        String rest = open.toString();
        open.setLength(0);
        while (rest.length() > MAX) {
            int space = rest.lastIndexOf(' ', MAX);
            int cut = space < MIN ? MAX : space;
            windows.add(rest.substring(0, cut));
            rest = rest.substring(cut).strip();
        }
        if (!rest.isEmpty()) {
            windows.add(rest);
        }
    }
}
