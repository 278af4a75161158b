package dev.polyphony.workflows.tree.rules;

import static dev.polyphony.workflows.sources.Inspection.MAX_FINDINGS;

import dev.polyphony.workflows.sources.Finding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Collects findings and keeps no more than can be listed. Every rule is sure of an equal share of the list, so that a
 * thousand findings of one kind do not hide the others; what a rule leaves free goes to the weightiest of the rest.
 */
final class Sightings {
    private static final String ALL = "all";

    private final List<String> components;
    private final Map<Rule, PriorityQueue<Sighting>> kept = new EnumMap<>(Rule.class);
    private int total;

    /** @param components keep only findings of these; empty, or {@code all} among them, keeps all */
    Sightings(List<String> components) {
        this.components = List.copyOf(components);
    }

    void add(Sighting sighting) {
        if (!isWanted(sighting.rule())) {
            return;
        }
        total++;
        PriorityQueue<Sighting> best =
                kept.computeIfAbsent(sighting.rule(), _ -> new PriorityQueue<>(Sighting.WEIGHTIEST_FIRST.reversed()));
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
        for (Sighting sighting : listed()) {
            findings.add(sighting.numbered(findings.size() + 1));
        }
        return List.copyOf(findings);
    }

    private List<Sighting> listed() {
        List<Sighting> sure = new ArrayList<>();
        List<Sighting> rest = new ArrayList<>();
        int share = MAX_FINDINGS / Math.max(1, kept.size());
        for (PriorityQueue<Sighting> best : kept.values()) {
            List<Sighting> ordered =
                    best.stream().sorted(Sighting.WEIGHTIEST_FIRST).toList();
            int cut = Math.min(share, ordered.size());
            sure.addAll(ordered.subList(0, cut));
            rest.addAll(ordered.subList(cut, ordered.size()));
        }
        rest.stream()
                .sorted(Sighting.WEIGHTIEST_FIRST)
                .limit(MAX_FINDINGS - sure.size())
                .forEach(sure::add);
        sure.sort(Sighting.WEIGHTIEST_FIRST);
        return sure;
    }

    private boolean isWanted(Rule rule) {
        return rule == Rule.STATEMENT
                || components.isEmpty()
                || components.contains(ALL)
                || components.contains(rule.component());
    }
}
