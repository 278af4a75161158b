package dev.polyphony.providers.management;

import dev.polyphony.shared.Problem;

/** Why a change of a provider is refused. */
public enum ManagementProblem implements Problem {
    /** A setting is out of its limits, or none is given. */
    INVALID_CONFIGURATION;

    @Override
    public Kind kind() {
        return Kind.INVALID;
    }
}
