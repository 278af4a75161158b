package dev.polyphony.shared.secrets;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Words that look random: long, with many different characters, in which letters and digits alternate often. */
final class Entropy {
    static final String RULE = "entropy";
    private static final int MIN_LENGTH = 20;
    private static final double MIN_BITS = 3.2;
    private static final int MIN_CHANGES = 4;
    private static final int MAX_MATCHES = 100;

    private Entropy() {}

    /** Shannon's: bits for each character, by how often each is in the text. */
    static double of(String text) {
        Map<Character, Integer> counts = new HashMap<>();
        for (int i = 0; i < text.length(); i++) {
            counts.merge(text.charAt(i), 1, Integer::sum);
        }
        double bits = 0;
        for (int count : counts.values()) {
            double share = (double) count / text.length();
            bits -= share * Math.log(share) / Math.log(2);
        }
        return bits;
    }

    static void find(String line, int offset, Consumer<SecretMatch> found) {
        int matches = 0;
        int start = 0;
        for (int i = 0; i <= line.length() && matches < MAX_MATCHES; i++) {
            if (i < line.length() && isPart(line.charAt(i))) {
                continue;
            }
            if (i - start >= MIN_LENGTH && isRandom(line.substring(start, i))) {
                found.accept(new SecretMatch(offset + start, offset + i, SecretMatch.Kind.CONTEXT, RULE));
                matches++;
            }
            start = i + 1;
        }
    }

    private static boolean isPart(char c) {
        return isLetter(c) || isDigit(c) || c == '_' || c == '-' || c == '+' || c == '=';
    }

    private static boolean isRandom(String word) {
        int changes = 0;
        for (int i = 1; i < word.length(); i++) {
            char one = word.charAt(i - 1);
            char other = word.charAt(i);
            changes += (isLetter(one) && isDigit(other)) || (isDigit(one) && isLetter(other)) ? 1 : 0;
        }
        return changes >= MIN_CHANGES && !isUuid(word) && of(word) >= MIN_BITS;
    }

    /** A UUID names things; whether it is a secret tells what stands before it. */
    private static boolean isUuid(String word) {
        return word.length() == 36
                && word.charAt(8) == '-'
                && word.charAt(13) == '-'
                && word.charAt(18) == '-'
                && word.charAt(23) == '-';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
