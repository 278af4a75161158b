package dev.polyphony.identity.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.identity.login.ClientAddress;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.springframework.stereotype.Component;

/**
 * Tells addresses apart without naming them, the same on all nodes. Who lacks the master key cannot find out an address by trying
 * all. The addresses of one IPv6 network of 64 bits are one source.
 */
@Component
final class SourceDigest {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 8;

    private final SecretKey key;

    SourceDigest(DerivedKeys keys) {
        this.key = keys.forPurpose("polyphony sources of security events");
    }

    String of(String address) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] digest = mac.doFinal(ClientAddress.of(address).network().getBytes(UTF_8));
            return "src-" + HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, impossible);
        }
    }
}
