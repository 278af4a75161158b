package dev.polyphony.inspection.tree.rules;

import static dev.polyphony.inspection.Inspection.MAX_FINDINGS;

import dev.polyphony.inspection.Finding;
import dev.polyphony.inspection.tree.files.Deadline;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Collects findings and keeps no more than can be listed. Every rule is sure of an equal share of the list, so that a
 * thousand findings of one kind do not hide the others; what a rule leaves free goes to the weightiest of the rest.
 */
final class FindingCollector {
    private static final String ALL = "all";
    /** Matches of one rule in one file that are kept; the others are counted. */
    private static final int MAX_PER_FILE = 1_000;

    private final List<String> components;
    private final Map<Rule, PriorityQueue<RuleMatch>> kept = new EnumMap<>(Rule.class);
    private final Map<Rule, InFile> inFile = new EnumMap<>(Rule.class);
    private final Deadline deadline;
    private int total;
    private long steps;

    /** How often one rule matched in the file that it looks at. */
    private record InFile(String file, int matches) {}

    /**
     * @param components keep only findings of these; empty, or {@code all} among them, keeps all
     * @param deadline ends the work of a rule at its next step
     */
    FindingCollector(List<String> components, Deadline deadline) {
        this.components = List.copyOf(components);
        this.deadline = deadline;
    }

    /** To be called in every loop of a rule: refuses to go on once the time is used up. */
    void step() {
        steps++;
        deadline.check();
    }

    /** Steps that the rules took, which is how their work is measured. */
    long steps() {
        return steps;
    }

    void add(RuleMatch sighting) {
        if (!isWanted(sighting.rule())) {
            return;
        }
        total++;
        InFile before = inFile.get(sighting.rule());
        int matches = before == null || !before.file().equals(sighting.file()) ? 1 : before.matches() + 1;
        inFile.put(sighting.rule(), new InFile(sighting.file(), matches));
        if (matches > MAX_PER_FILE) {
            return;
        }
        PriorityQueue<RuleMatch> best =
                kept.computeIfAbsent(sighting.rule(), _ -> new PriorityQueue<>(RuleMatch.WEIGHTIEST_FIRST.reversed()));
        best.add(sighting);
        if (best.size() > MAX_FINDINGS) {
            best.poll();
        }
    }

    int total() {
        return total;
    }

    /** The weightiest, numbered in order of weight. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (RuleMatch sighting : listed()) {
            findings.add(sighting.numbered(findings.size() + 1));
        }
        return List.copyOf(findings);
    }

    private List<RuleMatch> listed() {
        List<RuleMatch> sure = new ArrayList<>();
        List<RuleMatch> rest = new ArrayList<>();
        int share = MAX_FINDINGS / Math.max(1, kept.size());
        for (PriorityQueue<RuleMatch> best : kept.values()) {
            List<RuleMatch> ordered =
                    best.stream().sorted(RuleMatch.WEIGHTIEST_FIRST).toList();
            int cut = Math.min(share, ordered.size());
            sure.addAll(ordered.subList(0, cut));
            rest.addAll(ordered.subList(cut, ordered.size()));
        }
        rest.stream()
                .sorted(RuleMatch.WEIGHTIEST_FIRST)
                .limit(MAX_FINDINGS - sure.size())
                .forEach(sure::add);
        sure.sort(RuleMatch.WEIGHTIEST_FIRST);
        return sure;
    }

    private boolean isWanted(Rule rule) {
        return rule == Rule.STATEMENT
                || components.isEmpty()
                || components.contains(ALL)
                || components.contains(rule.component());
    }
}
