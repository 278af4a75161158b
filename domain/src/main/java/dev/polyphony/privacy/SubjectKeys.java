package dev.polyphony.privacy;

import dev.polyphony.shared.DataSubject;

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
}
