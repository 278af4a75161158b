package dev.polyphony.platform.settings;

import java.util.Locale;

/**
 * A setting.
 *
 * @param name the property; {@code <name>} and {@code [<n>]} stand for what an operator chooses
 * @param defaultValue as it would be written; empty when there is none
 * @param meaning in one sentence or two
 */
public record Setting(String name, String defaultValue, String meaning) {
    /** The variable of the environment that sets it. */
    public String variable() {
        return name.replace("[<n>]", "_<n>")
                .replace("-", "")
                .replace('.', '_')
                .toUpperCase(Locale.ROOT)
                .replace("<NAME>", "<name>")
                .replace("<N>", "<n>");
    }
}
