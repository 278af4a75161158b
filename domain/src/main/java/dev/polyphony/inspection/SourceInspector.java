package dev.polyphony.inspection;

import java.util.List;

/**
 * Reads a source and reports the facts. Throws rejections of {@link SourceProblem}, and of
 * {@link dev.polyphony.outbound.OutboundProblem} for a URL that may not be called, also one that a server redirects to.
 */
public interface SourceInspector {
    /** Refuses a source that can never be inspected, without reading it: quick, and made before a run is accepted. */
    void admit(Source source);

    /**
     * Reads the source. The same source gives the same inspection.
     *
     * @param components keep only findings of these components; empty, or {@code all} among them, keeps all. The
     *     sentences of a text, which are its content, are always kept.
     */
    Inspection inspect(Source source, List<String> components);
}
