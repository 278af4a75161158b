package dev.polyphony.postgres;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What opens a database.
 *
 * @param role the name of a database role
 * @param password its password; does not show when this is printed
 */
public record Login(String role, String password) {
    private static final int PASSWORD_BYTES = 24;

    /** With a random password. */
    static Login fresh(String role) {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return new Login(role, HexFormat.of().formatHex(random));
    }

    @Override
    public String toString() {
        return role;
    }
}
