package dev.polyphony.privacy.store;

import dev.polyphony.eventstore.crypto.SubjectKeyring;
import dev.polyphony.privacy.SubjectKeys;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.TenantId;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.spec.SecretKeySpec;

/** Keys in memory, for tests that need no database. */
public final class RememberedKeys implements SubjectKeys, SubjectKeyring {
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

    @Override
    public void close(TenantId tenant) {
        throw new UnsupportedOperationException("no test in memory deletes a tenant");
    }

    @Override
    public List<DataSubject> remaining(TenantId tenant, int limit) {
        throw new UnsupportedOperationException("no test in memory deletes a tenant");
    }

    private static SubjectKey fresh() {
        byte[] bits = new byte[32];
        new SecureRandom().nextBytes(bits);
        return new SubjectKey(1, new SecretKeySpec(bits, "AES"));
    }
}
