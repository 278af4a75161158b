package dev.polyphony.shared.secrets;

/**
 * A part of a line that is, or may be, a secret.
 *
 * @param start its first character
 * @param end behind its last character
 * @param rule which detector found it
 */
public record SecretMatch(int start, int end, Kind kind, String rule) {
    /** How sure it is. */
    public enum Kind {
        /** It has the form in which a vendor issues keys. */
        KEY,
        /** It stands where a secret stands, or looks random. */
        CONTEXT
    }
}
