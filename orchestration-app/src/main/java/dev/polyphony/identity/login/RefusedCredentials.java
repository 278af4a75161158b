package dev.polyphony.identity.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Counts wrong credentials by address, on this node and in memory, so that who sends many costs neither a query nor a hash. Credentials
 * that were right a while ago are still looked at: who shares an address with an attacker is not shut out.
 */
public final class RefusedCredentials {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int MAX_ADDRESSES = 50_000;
    private static final int MAX_REMEMBERED = 20_000;
    private static final String ALGORITHM = "HmacSHA256";

    private final int allowed;
    private final SecretKeySpec key;
    private final Cache<String, AtomicInteger> refused;
    private final Cache<ByteBuffer, Boolean> right;

    /** @param allowed in a minute, from one address */
    public RefusedCredentials(int allowed, Ticker ticker) {
        this.allowed = allowed;
        byte[] bits = new byte[32];
        new SecureRandom().nextBytes(bits);
        this.key = new SecretKeySpec(bits, ALGORITHM);
        this.refused = Caffeine.newBuilder()
                .expireAfterWrite(WINDOW)
                .maximumSize(MAX_ADDRESSES)
                .ticker(ticker)
                .build();
        this.right = Caffeine.newBuilder()
                .expireAfterWrite(REMEMBERED)
                .maximumSize(MAX_REMEMBERED)
                .ticker(ticker)
                .build();
    }

    /** How long an address waits at most that is not looked at any more. */
    public static Duration window() {
        return WINDOW;
    }

    public boolean mayTry(ClientAddress address, String credential) {
        AtomicInteger count = refused.getIfPresent(address.network());
        return count == null || count.get() < allowed || right.getIfPresent(fingerprint(credential)) != null;
    }

    /** Returns whether the address has used up its failures with this one. */
    public boolean failed(ClientAddress address) {
        return refused.get(address.network(), _ -> new AtomicInteger()).incrementAndGet() == allowed;
    }

    /** From whatever address: who is right once is looked at wherever they are. */
    public void succeeded(String credential) {
        right.asMap().putIfAbsent(fingerprint(credential), true);
    }

    /** Under a key of this process, so that no dump of its memory tells a credential. */
    private ByteBuffer fingerprint(String credential) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return ByteBuffer.wrap(mac.doFinal(credential.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, impossible);
        }
    }
}
