package dev.polyphony.eventstore.crypto;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM. The result is the nonce (96 bits), the ciphertext and the tag (128 bits). */
public final class AesGcm {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String NONCE_MAC = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private AesGcm() {}

    /**
     * With a fresh random nonce each time.
     *
     * @param context what the result belongs to; it opens with exactly the same context only
     */
    public static byte[] encrypt(SecretKey key, byte[] plain, byte[] context) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return encrypt(key, nonce, plain, context);
    }

    /**
     * The same result for the same input. The nonce is made from all of it, as synthetic initialization vectors are (RFC 5297),
     * so that it repeats only where the whole ciphertext does.
     *
     * @param context as for {@link #encrypt}
     */
    static byte[] encryptAlike(SecretKey key, byte[] plain, byte[] context) {
        try {
            Mac mac = Mac.getInstance(NONCE_MAC);
            mac.init(new SecretKeySpec(key.getEncoded(), NONCE_MAC));
            mac.update(context);
            mac.update((byte) '\n');
            return encrypt(key, Arrays.copyOf(mac.doFinal(plain), NONCE_BYTES), plain, context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + NONCE_MAC, e);
        }
    }

    private static byte[] encrypt(SecretKey key, byte[] nonce, byte[] plain, byte[] context) {
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, context);
            byte[] result = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, result, NONCE_BYTES);
            return result;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot encrypt with AES-GCM", e);
        }
    }

    /** @throws GeneralSecurityException when it was changed, or belongs to another key or context */
    public static byte[] decrypt(SecretKey key, byte[] encrypted, byte[] context) throws GeneralSecurityException {
        if (encrypted.length < NONCE_BYTES) {
            throw new GeneralSecurityException("there are only " + encrypted.length + " bytes");
        }
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(encrypted, NONCE_BYTES), context);
        return cipher.doFinal(encrypted, NONCE_BYTES, encrypted.length - NONCE_BYTES);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context);
        return cipher;
    }
}
