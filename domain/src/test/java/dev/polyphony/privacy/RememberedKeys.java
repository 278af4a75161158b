package dev.polyphony.privacy;

import dev.polyphony.shared.DataSubject;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.spec.SecretKeySpec;

/** Keys in memory, for tests that need no database. */
public final class RememberedKeys implements SubjectKeys {
    private final ConcurrentMap<DataSubject, Optional<SubjectKey>> keys = new ConcurrentHashMap<>();

    @Override
    public Optional<SubjectKey> toEncrypt(DataSubject subject) {
        return keys.computeIfAbsent(subject, _ -> Optional.of(fresh()));
    }

    @Override
    public Optional<SubjectKey> toDecrypt(DataSubject subject) {
        Optional<SubjectKey> key = keys.get(subject);
        if (key == null) {
            throw new IllegalStateException("there never was a key of " + subject);
        }
        return key;
    }

    @Override
    public boolean isKnown(DataSubject subject) {
        return keys.containsKey(subject);
    }

    @Override
    public boolean isErased(DataSubject subject) {
        return Optional.empty().equals(keys.get(subject));
    }

    @Override
    public void destroy(DataSubject subject) {
        keys.put(subject, Optional.empty());
    }

    private static SubjectKey fresh() {
        byte[] bits = new byte[32];
        new SecureRandom().nextBytes(bits);
        return new SubjectKey(1, new SecretKeySpec(bits, "AES"));
    }
}
