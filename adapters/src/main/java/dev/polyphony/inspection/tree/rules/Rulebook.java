package dev.polyphony.inspection.tree.rules;

import dev.polyphony.inspection.Finding;
import dev.polyphony.inspection.tree.files.Deadline;
import dev.polyphony.inspection.tree.files.PathIndex;
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
    public static Rulebook forTree(PathIndex paths, List<String> components, Deadline deadline) {
        SecretLines secrets = new SecretLines();
        return new Rulebook(
                List.of(
                        new Secrets(),
                        new DuplicateBlocks(),
                        new Lengths(),
                        new OpenMarkers(secrets),
                        new BrokenLinks(paths),
                        new Readmes(paths),
                        new SlowCode(),
                        new ProseForm()),
                new FindingCollector(components, deadline));
    }

    public static Rulebook forText(List<String> components, Deadline deadline) {
        SecretLines secrets = new SecretLines();
        return new Rulebook(
                List.of(new Secrets(), new OpenMarkers(secrets), new ProseForm(), new Sentences(secrets)),
                new FindingCollector(components, deadline));
    }

    public void look(TextFile file) {
        for (FileRule rule : rules) {
            sightings.step();
            rule.look(file, sightings);
        }
    }

    public void finish() {
        for (FileRule rule : rules) {
            sightings.step();
            rule.finish(sightings);
        }
    }

    /** Steps that the rules took. */
    long steps() {
        return sightings.steps();
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
