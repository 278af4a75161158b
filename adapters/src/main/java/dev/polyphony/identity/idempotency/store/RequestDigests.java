package dev.polyphony.identity.idempotency.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.identity.idempotency.RequestKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** HMAC-SHA256 under a key of its own: a short secret in a body cannot be guessed from what is stored. */
final class RequestDigests {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKey key;

    RequestDigests(DerivedKeys keys) {
        key = keys.forPurpose("polyphony idempotency digests");
    }

    byte[] id(RequestKey request) {
        Mac mac = mac();
        update(mac, request.tenant().value());
        update(mac, request.operation());
        update(mac, request.key());
        return mac.doFinal();
    }

    byte[] body(byte[] body) {
        return mac().doFinal(body);
    }

    /** Each text after its length, so that no two requests have the same. */
    private static void update(Mac mac, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        mac.update(bytes);
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, impossible);
        }
    }
}
