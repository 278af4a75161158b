package dev.polyphony.inspection.tree.rules;

import java.util.Locale;

/** What can be found, the weightiest first. The lower-case name is published. */
public enum Rule {
    PRIVATE_KEY("security"),
    ACCESS_KEY("security"),
    PASSWORD_LITERAL("security"),
    DUPLICATE_BLOCK("code_quality"),
    LONG_FILE("code_quality"),
    OPEN_MARKER("code_quality"),
    BROKEN_LINK("documentation"),
    MISSING_README("documentation"),
    BLOCKING_SLEEP("performance"),
    SELECT_STAR("performance"),
    LONG_LINE("code_quality"),
    UNDOCUMENTED_FOLDER("documentation"),
    EMPTY_HEADING("documentation"),
    DUPLICATE_PARAGRAPH("documentation"),
    LONG_SENTENCE("documentation"),
    /** A sentence of a text: its content rather than a fault, so it passes every choice of components. */
    STATEMENT("documentation");

    private final String component;

    Rule(String component) {
        this.component = component;
    }

    public String published() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String component() {
        return component;
    }
}
