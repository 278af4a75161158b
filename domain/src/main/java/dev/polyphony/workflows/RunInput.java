package dev.polyphony.workflows;

import dev.polyphony.inspection.Source;
import java.util.List;

/**
 * What a run is about.
 *
 * @param source what it works on
 * @param mode the documented mode that sets the focus, such as {@code security_audit}
 * @param components the components that matter; empty means all
 * @param providers names of the providers that may be asked; empty means all
 * @param priority waiting steps of a higher priority start first
 */
public record RunInput(Source source, String mode, List<String> components, List<String> providers, Priority priority) {
    /** Ordered from the least to the most urgent. */
    public enum Priority {
        LOW,
        NORMAL,
        HIGH,
        CRITICAL
    }

    public RunInput {
        components = List.copyOf(components);
        providers = List.copyOf(providers);
    }
}
