package dev.polyphony.identity.tokens;

import java.security.SecureRandom;
import java.util.Base64;

/** What renews an access token, once: 256 random bits. Only its digest is stored. */
public record RefreshToken(String value) {
    /** Longer ones are not looked up. */
    public static final int MAX_LENGTH = 128;

    private static final int BYTES = 32;
    private static final String PREFIX = "ply_refresh_";

    public static RefreshToken generate(SecureRandom random) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return new RefreshToken(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    @Override
    public String toString() {
        return "RefreshToken[hidden]";
    }
}
