package dev.polyphony.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** The key itself, as the caller sends it. It never leaves memory: only its hash is stored. */
public record ApiKeySecret(String value) {
    private static final int BYTES = 32;

    /** A fresh key with 256 random bits. */
    public static ApiKeySecret generate(SecureRandom random) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return new ApiKeySecret(
                "poly_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** SHA-256 in hexadecimal; no salt is needed for a random key, and it must be found by its hash. */
    public String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "ApiKeySecret[hidden]";
    }
}
