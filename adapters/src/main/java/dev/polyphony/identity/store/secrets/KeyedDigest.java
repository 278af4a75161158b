package dev.polyphony.identity.store.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.eventstore.crypto.DerivedKeys;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under a key that is derived from the master key for one purpose: finds a value without storing it. */
public final class KeyedDigest {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKey key;

    public KeyedDigest(DerivedKeys keys, String purpose) {
        this.key = new SecretKeySpec(keys.forPurpose(purpose).getEncoded(), ALGORITHM);
    }

    /** Each part after its length, so that no two lists of parts are the same text. */
    public byte[] of(String... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String part : parts) {
                byte[] bytes = part.getBytes(UTF_8);
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                mac.update(bytes);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot compute " + ALGORITHM, e);
        }
    }
}
