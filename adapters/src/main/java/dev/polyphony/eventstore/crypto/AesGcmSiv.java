package dev.polyphony.eventstore.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMSIVBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * AES-GCM-SIV (RFC 8452) with one nonce for everything: the same input gives the same result, and nothing else is given away. The
 * result is the ciphertext and the tag (128 bits).
 */
final class AesGcmSiv {
    private static final int TAG_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final byte[] NONCE = new byte[12];

    /** {@link AesGcm} uses the same subject key, and no key should serve two algorithms. */
    private static final byte[] PURPOSE = "polyphony AES-GCM-SIV".getBytes(UTF_8);

    private AesGcmSiv() {}

    static byte[] encrypt(SecretKey key, byte[] plain, byte[] context) {
        try {
            return process(true, key, plain, context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot encrypt with AES-GCM-SIV", e);
        }
    }

    /** @throws GeneralSecurityException when it was changed, or belongs to another key or context */
    static byte[] decrypt(SecretKey key, byte[] encrypted, byte[] context) throws GeneralSecurityException {
        if (encrypted.length < TAG_BYTES) {
            throw new GeneralSecurityException("there are only " + encrypted.length + " bytes");
        }
        return process(false, key, encrypted, context);
    }

    private static byte[] process(boolean encrypts, SecretKey key, byte[] input, byte[] context)
            throws GeneralSecurityException {
        GCMSIVBlockCipher cipher = new GCMSIVBlockCipher(AESEngine.newInstance());
        cipher.init(encrypts, new AEADParameters(new KeyParameter(derived(key)), 8 * TAG_BYTES, NONCE, context));
        byte[] output = new byte[cipher.getOutputSize(input.length)];
        try {
            int length = cipher.processBytes(input, 0, input.length, output, 0);
            length += cipher.doFinal(output, length);
            return length == output.length ? output : Arrays.copyOf(output, length);
        } catch (InvalidCipherTextException e) {
            throw new GeneralSecurityException("the tag does not match", e);
        }
    }

    private static byte[] derived(SecretKey key) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.expandOnly(key, PURPOSE, KEY_BYTES));
    }
}
