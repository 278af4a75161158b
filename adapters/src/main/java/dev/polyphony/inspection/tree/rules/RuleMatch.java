package dev.polyphony.inspection.tree.rules;

import dev.polyphony.inspection.Finding;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * A finding before it has a number.
 *
 * @param measure how much of it there is; more weighs more
 */
record RuleMatch(Rule rule, String file, int line, long measure, String message, String remedy) {
    /** Total and independent of the order of discovery: the same source gives the same numbers. */
    static final Comparator<RuleMatch> WEIGHTIEST_FIRST = Comparator.comparing(RuleMatch::rule)
            .thenComparing(Comparator.comparingLong(RuleMatch::measure).reversed())
            .thenComparing(RuleMatch::file)
            .thenComparingInt(RuleMatch::line)
            .thenComparing(RuleMatch::message);

    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\p{Cntrl}\\x{80}-\\x{9F}\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069\\x{E0000}-\\x{E007F}]");

    Finding numbered(int number) {
        return new Finding(
                "F" + number, rule.published(), rule.component(), file, line, printable(message), printable(remedy));
    }

    /** Without what moves a cursor, turns the direction of writing or is not seen at all. */
    private static String printable(String text) {
        return INVISIBLE.matcher(text).replaceAll("\uFFFD");
    }
}
