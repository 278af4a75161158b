package dev.polyphony.identity.idempotency;

import dev.polyphony.shared.TenantId;

/**
 * What makes a request the same one: the same key of another tenant, or for another operation, is another request.
 *
 * @param operation the method and the path
 * @param key as its sender chose it
 */
public record RequestKey(TenantId tenant, String operation, String key) {
    public static final int MAX_LENGTH = 255;

    /** Whether a text can be a key: 1 to 255 printable ASCII characters, not all of them blanks. */
    public static boolean isValid(String text) {
        return !text.isBlank() && text.length() <= MAX_LENGTH && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
