package dev.polyphony.inspection.tree.rules;

import dev.polyphony.inspection.Finding;
import dev.polyphony.inspection.tree.files.SourceTree;
import dev.polyphony.inspection.tree.files.TextFile;
import java.util.List;

/** The rules for one inspection; some remember what they saw, so each inspection takes a new one. */
public final class Rulebook {
    private final List<FileRule> rules;
    private final FindingCollector sightings;

    private Rulebook(List<FileRule> rules, FindingCollector sightings) {
        this.rules = rules;
        this.sightings = sightings;
    }

    /** @param components keep only findings of these; empty, or {@code all} among them, keeps all */
    public static Rulebook forTree(SourceTree tree, List<String> components) {
        return new Rulebook(
                List.of(
                        new Secrets(),
                        new DuplicateBlocks(),
                        new Lengths(),
                        new OpenMarkers(),
                        new BrokenLinks(tree),
                        new Readmes(tree),
                        new SlowCode(),
                        new ProseForm()),
                new FindingCollector(components));
    }

    public static Rulebook forText(List<String> components) {
        return new Rulebook(
                List.of(new Secrets(), new OpenMarkers(), new ProseForm(), new Sentences()),
                new FindingCollector(components));
    }

    public void look(TextFile file) {
        rules.forEach(rule -> rule.look(file, sightings));
    }

    public void finish() {
        rules.forEach(rule -> rule.finish(sightings));
    }

    /** Findings there are, listed or not. */
    public int total() {
        return sightings.total();
    }

    /** The weightiest, numbered in order of weight. */
    public List<Finding> findings() {
        return sightings.findings();
    }
}
