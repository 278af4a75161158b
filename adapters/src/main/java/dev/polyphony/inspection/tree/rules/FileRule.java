package dev.polyphony.inspection.tree.rules;

import dev.polyphony.inspection.tree.files.TextFile;

/** Looks at every file of one source, then at what it remembers of all of them. */
interface FileRule {
    void look(TextFile file, FindingCollector sightings);

    default void finish(FindingCollector sightings) {}
}
