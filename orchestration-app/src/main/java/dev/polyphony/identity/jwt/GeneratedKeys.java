package dev.polyphony.identity.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.polyphony.identity.tokens.SigningKeys;
import dev.polyphony.identity.tokens.SigningKeys.SigningKey;
import dev.polyphony.identity.wiring.SecuritySettings.Algorithm;
import dev.polyphony.identity.wiring.SecuritySettings.Jwt;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keys that the server makes and replaces by itself, read anew once a second. A new one signs when every node has read it; a replaced
 * one verifies for the overlap.
 */
final class GeneratedKeys implements TokenKeys {
    private static final long CACHE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int RSA_BITS = 2048;
    private static final int SECRET_BYTES = 32;

    private final SigningKeys store;
    private final Jwt settings;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Snapshot latest;

    GeneratedKeys(SigningKeys store, Jwt settings, Clock clock, LongSupplier nanoTime) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    private record Entry(SigningKey stored, JWK key) {}

    private record Snapshot(List<Entry> entries, long readAt) {}

    @Override
    public JWK signing() {
        Instant now = clock.instant();
        List<Entry> own = current().entries().stream()
                .filter(entry -> isOurs(entry.stored()))
                .toList();
        return own.stream()
                .filter(entry -> !entry.stored().signsFrom().isAfter(now))
                .findFirst()
                .orElseGet(own::getLast)
                .key();
    }

    @Override
    public List<JWK> verifying() {
        Instant now = clock.instant();
        return current().entries().stream()
                .filter(entry -> entry.stored().verifiesUntil() == null
                        || now.isBefore(entry.stored().verifiesUntil()))
                .map(Entry::key)
                .toList();
    }

    private boolean isOurs(SigningKey key) {
        return key.algorithm().equals(settings.algorithm().name());
    }

    private Snapshot current() {
        Snapshot known = latest;
        if (isFresh(known)) {
            return known;
        }
        lock.lock();
        try {
            known = latest;
            if (!isFresh(known)) {
                known = new Snapshot(read(known), nanoTime.getAsLong());
                latest = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    @org.springframework.lang.Contract("null -> false")
    private boolean isFresh(@Nullable Snapshot snapshot) {
        return snapshot != null && nanoTime.getAsLong() - snapshot.readAt() < CACHE_NANOS;
    }

    private List<Entry> read(@Nullable Snapshot before) {
        List<SigningKey> stored = store.all();
        if (isDue(stored)) {
            store.rotate(fresh(), settings.keyRotation(), settings.keyOverlap());
            stored = store.all();
        }
        return stored.stream()
                .map(key -> before == null ? new Entry(key, parsed(key)) : entry(key, before))
                .toList();
    }

    /** Parsing a key takes longer than finding it. */
    private static Entry entry(SigningKey key, Snapshot before) {
        return before.entries().stream()
                .filter(known -> known.stored().keyId().equals(key.keyId()))
                .findFirst()
                .map(known -> new Entry(key, known.key()))
                .orElseGet(() -> new Entry(key, parsed(key)));
    }

    private boolean isDue(List<SigningKey> stored) {
        Instant youngest = clock.instant().minus(settings.keyRotation());
        return stored.stream()
                .noneMatch(key -> isOurs(key)
                        && key.verifiesUntil() == null
                        && key.signsFrom().isAfter(youngest));
    }

    private SigningKey fresh() {
        Algorithm algorithm = settings.algorithm();
        byte[] material = algorithm == Algorithm.RS256 ? rsa() : secret();
        return new SigningKey(UUID.randomUUID().toString(), algorithm.name(), material, clock.instant(), null);
    }

    private static byte[] rsa() {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("RSA");
            pairs.initialize(RSA_BITS);
            return pairs.generateKeyPair().getPrivate().getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has RSA", impossible);
        }
    }

    private static byte[] secret() {
        byte[] bits = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bits);
        return bits;
    }

    private static JWK parsed(SigningKey key) {
        if (key.algorithm().equals(Algorithm.HS256.name())) {
            return new OctetSequenceKey.Builder(key.material())
                    .keyID(key.keyId())
                    .algorithm(JWSAlgorithm.HS256)
                    .keyUse(KeyUse.SIGNATURE)
                    .build();
        }
        try {
            RSAPrivateCrtKey pair = (RSAPrivateCrtKey)
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key.material()));
            return new RSAKey.Builder(KeyFiles.publicHalf(pair))
                    .privateKey(pair)
                    .keyID(key.keyId())
                    .algorithm(JWSAlgorithm.RS256)
                    .keyUse(KeyUse.SIGNATURE)
                    .build();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("the signing key " + key.keyId() + " cannot be read", broken);
        }
    }
}
