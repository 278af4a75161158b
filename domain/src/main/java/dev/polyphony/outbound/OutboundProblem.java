package dev.polyphony.outbound;

import dev.polyphony.shared.Problem;

/** Why a URL will not be called. */
public enum OutboundProblem implements Problem {
    /** Not an absolute http or https URL with a host and without user information. */
    URL_INVALID,
    /** The host is, or resolves to, an address in a private or special-purpose range that the operator has not allowed. */
    ADDRESS_FORBIDDEN;

    @Override
    public Kind kind() {
        return Kind.INVALID;
    }
}
