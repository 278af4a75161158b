package dev.polyphony.providers.reply;

/**
 * Makes of a text's pieces ones that can be stored and sent each by itself: a character that two pieces share waits for its second
 * half, halves that stay alone and NULs become U+FFFD. PostgreSQL stores neither.
 */
final class TextPieces {
    private static final char REPLACEMENT = '\uFFFD';

    private char waiting;

    /** What can be told of the text up to here. */
    String next(String piece) {
        if (piece.isEmpty()) {
            return "";
        }
        String text = waiting == 0 ? piece : waiting + piece;
        char last = text.charAt(text.length() - 1);
        waiting = Character.isHighSurrogate(last) ? last : 0;
        return whole(waiting == 0 ? text : text.substring(0, text.length() - 1));
    }

    /** What still waits when the text has ended. */
    String rest() {
        boolean half = waiting != 0;
        waiting = 0;
        return half ? String.valueOf(REPLACEMENT) : "";
    }

    static String whole(String text) {
        StringBuilder whole = new StringBuilder(text);
        for (int i = 0; i < whole.length(); i++) {
            char c = whole.charAt(i);
            boolean pair = i + 1 < whole.length() && Character.isSurrogatePair(c, whole.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                whole.setCharAt(i, REPLACEMENT);
            }
        }
        return whole.toString();
    }
}
