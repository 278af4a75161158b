package dev.polyphony.providers.vendor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids of tool calls. A conversation may move from one vendor to another, and they do not take each other's. */
public final class CallIds {
    private CallIds() {}

    /**
     * Hexadecimal digits that stand for the id: the same ones whenever it is asked about.
     *
     * @param length at most 64
     */
    public static String digest(String id, int length) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
