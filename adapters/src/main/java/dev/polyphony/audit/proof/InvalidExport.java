package dev.polyphony.audit.proof;

import java.io.IOException;

/** What was to be verified is no export of a history, so that nothing can be said about it. */
public final class InvalidExport extends IOException {
    InvalidExport(String message) {
        super(message);
    }
}
