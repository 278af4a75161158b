package dev.polyphony.eventstore.checkpoints;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** Ed25519 keys as the text that openssl reads and writes (RFC 7468). */
public final class Pem {
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final int LINE = 64;

    private Pem() {}

    /** A new private key, in PKCS #8. */
    public static String generate() {
        try {
            return text(
                    PRIVATE,
                    KeyPairGenerator.getInstance(Checkpoint.ALGORITHM)
                            .generateKeyPair()
                            .getPrivate());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has Ed25519", impossible);
        }
    }

    /** X.509 SubjectPublicKeyInfo. */
    public static String of(PublicKey key) {
        return text(PUBLIC, key);
    }

    /**
     * A private key, and the public one that follows from it.
     *
     * @throws IllegalArgumentException when the text is no such key
     */
    public static KeyPair keyPair(String text) {
        byte[] encoded = bytes(PRIVATE, text);
        try {
            return pair((EdECPrivateKey)
                    KeyFactory.getInstance(Checkpoint.ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException other) {
            throw new IllegalArgumentException("it is no Ed25519 private key in PKCS #8", other);
        }
    }

    /**
     * Java computes a public key only when it makes a pair, from 32 random bytes that are the private key. So it is given
     * those of this one.
     */
    private static KeyPair pair(EdECPrivateKey key) throws GeneralSecurityException {
        byte[] secret = key.getBytes().orElseThrow();
        KeyPairGenerator generator = KeyPairGenerator.getInstance(Checkpoint.ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(secret, 0, bytes, 0, secret.length);
            }
        });
        KeyPair pair = generator.generateKeyPair();
        byte[] made = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        if (!Arrays.equals(made, secret)) {
            throw new IllegalStateException("this Java does not make an Ed25519 pair from 32 random bytes");
        }
        return pair;
    }

    /** @throws IllegalArgumentException when the text is no such key */
    public static PublicKey publicKey(String text) {
        byte[] encoded = bytes(PUBLIC, text);
        try {
            return KeyFactory.getInstance(Checkpoint.ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException other) {
            throw new IllegalArgumentException("it is no Ed25519 public key in X.509 form", other);
        }
    }

    private static String text(String label, Key key) {
        String base64 = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key.getEncoded());
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    private static byte[] bytes(String label, String text) {
        String begin = "-----BEGIN " + label + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + label + "-----");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("it has no line '" + begin + "' with its end");
        }
        return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
    }
}
