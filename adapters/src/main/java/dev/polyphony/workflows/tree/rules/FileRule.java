package dev.polyphony.workflows.tree.rules;

import dev.polyphony.workflows.tree.files.TextFile;

/** Looks at every file of one source, then at what it remembers of all of them. */
interface FileRule {
    void look(TextFile file, Sightings sightings);

    default void finish(Sightings sightings) {}
}
