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
 * that were right within a day are still looked at: who shares an address with an attacker is not shut out.
 */
public final class RefusedCredentials {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final int MAX_ADDRESSES = 50_000;
    private static final int MAX_REMEMBERED = 50_000;
    private static final String ALGORITHM = "HmacSHA256";

    private final int allowed;
    private final Ticker ticker;
    private final SecretKeySpec key;
    private final Cache<String, Failures> refused;
    private final Cache<ByteBuffer, Boolean> right;

    private record Failures(long since, AtomicInteger count) {}

    /** @param allowed in a minute, from one address */
    public RefusedCredentials(int allowed, Ticker ticker) {
        this.allowed = allowed;
        this.ticker = ticker;
        byte[] bits = new byte[32];
        new SecureRandom().nextBytes(bits);
        this.key = new SecretKeySpec(bits, ALGORITHM);
        this.refused = Caffeine.newBuilder()
                .expireAfterWrite(WINDOW)
                .maximumSize(MAX_ADDRESSES)
                .ticker(ticker)
                .build();
        this.right = Caffeine.newBuilder()
                .expireAfterAccess(REMEMBERED)
                .maximumSize(MAX_REMEMBERED)
                .ticker(ticker)
                .build();
    }

    /** How long an address waits at most that is not looked at any more. */
    public static Duration window() {
        return WINDOW;
    }

    public boolean mayTry(ClientAddress address, String credential) {
        Failures failures = refused.getIfPresent(address.network());
        return failures == null
                || failures.count().get() < allowed
                || right.getIfPresent(fingerprint(credential)) != null;
    }

    /** When the address is looked at again. */
    public Duration waitFor(ClientAddress address) {
        Failures failures = refused.getIfPresent(address.network());
        return failures == null ? Duration.ZERO : WINDOW.minusNanos(ticker.read() - failures.since());
    }

    /** Returns whether the address has used up its failures with this one. */
    public boolean failed(ClientAddress address) {
        Failures failures = refused.get(address.network(), _ -> new Failures(ticker.read(), new AtomicInteger()));
        return failures.count().incrementAndGet() == allowed;
    }

    /** The same of credentials that may have been right before, such as a key that was revoked since. */
    public boolean failed(ClientAddress address, String credential) {
        right.invalidate(fingerprint(credential));
        return failed(address);
    }

    /** Of whatever address: who moves to one that an attacker shares is known there. */
    public void succeeded(String credential) {
        ByteBuffer fingerprint = fingerprint(credential);
        if (right.getIfPresent(fingerprint) == null) {
            right.put(fingerprint, true);
        }
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
