package dev.polyphony.privacy;

import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.TenantId;
import java.util.List;

/**
 * The keys that personal data is encrypted with, one for each subject. A destroyed key leaves a tombstone, so that its subject
 * never gets another.
 */
public interface SubjectKeys {
    /** Whether the subject has, or had, a key. */
    boolean isKnown(DataSubject subject);

    /**
     * Destroys the key for good; a subject that had none gets its tombstone all the same. This node forgets the key at
     * once, others within 5 s. Destroying it again changes nothing.
     */
    void destroy(DataSubject subject);

    /** From the moment this returns nobody of the tenant gets a key any more. Closing it again changes nothing. */
    void close(TenantId tenant);

    /** Those of the tenant whose key is not destroyed. */
    List<DataSubject> remaining(TenantId tenant, int limit);
}
