package dev.polyphony.workflows.tree.rules;

import dev.polyphony.workflows.sources.Finding;
import java.util.Comparator;

/**
 * A finding before it has a number.
 *
 * @param measure how much of it there is; more weighs more
 */
record Sighting(Rule rule, String file, int line, long measure, String message, String remedy) {
    /** Total and independent of the order of discovery: the same source gives the same numbers. */
    static final Comparator<Sighting> WEIGHTIEST_FIRST = Comparator.comparing(Sighting::rule)
            .thenComparing(Comparator.comparingLong(Sighting::measure).reversed())
            .thenComparing(Sighting::file)
            .thenComparingInt(Sighting::line)
            .thenComparing(Sighting::message);

    Finding numbered(int number) {
        return new Finding("F" + number, rule.published(), rule.component(), file, line, message, remedy);
    }
}
