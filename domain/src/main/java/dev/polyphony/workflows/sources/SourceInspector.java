package dev.polyphony.workflows.sources;

import java.util.List;

/** Reads a source and reports the facts. Throws rejections of {@link SourceProblem} and nothing else. */
public interface SourceInspector {
    /** Refuses a source that can never be inspected, without reading it: quick, and made before a run is accepted. */
    void admit(Source source);

    /**
     * Reads the source. The same source gives the same inspection.
     *
     * @param components keep only findings of these components; empty keeps all
     */
    Inspection inspect(Source source, List<String> components);
}
