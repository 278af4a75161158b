package dev.polyphony.inspection.tree.rules;

import dev.polyphony.inspection.Finding;
import java.util.Comparator;

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

    Finding numbered(int number) {
        return new Finding("F" + number, rule.published(), rule.component(), file, line, message, remedy);
    }
}
