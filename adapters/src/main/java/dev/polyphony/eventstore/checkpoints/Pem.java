package dev.polyphony.eventstore.checkpoints;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Ed25519 keys as the text that openssl reads and writes (RFC 7468). */
public final class Pem {
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final int LINE = 64;

    private Pem() {}

    /** PKCS #8. */
    public static String of(PrivateKey key) {
        return armored(PRIVATE, key.getEncoded());
    }

    /** X.509 SubjectPublicKeyInfo. */
    public static String of(PublicKey key) {
        return armored(PUBLIC, key.getEncoded());
    }

    /** @throws IllegalArgumentException when the text is no such key */
    public static PrivateKey privateKey(String text) {
        byte[] encoded = bytes(PRIVATE, text);
        try {
            return KeyFactory.getInstance(Checkpoint.ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException other) {
            throw new IllegalArgumentException("this is no Ed25519 private key in PKCS #8", other);
        }
    }

    /** @throws IllegalArgumentException when the text is no such key */
    public static PublicKey publicKey(String text) {
        byte[] encoded = bytes(PUBLIC, text);
        try {
            return KeyFactory.getInstance(Checkpoint.ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException other) {
            throw new IllegalArgumentException("this is no Ed25519 public key in X.509 form", other);
        }
    }

    private static String armored(String label, byte[] encoded) {
        String base64 = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----";
    }

    private static byte[] bytes(String label, String text) {
        String begin = "-----BEGIN " + label + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + label + "-----");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("there is no line '" + begin + "' with its end");
        }
        return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
    }
}
