package dev.polyphony.identity.users;

import dev.polyphony.shared.TenantId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What users prove themselves with. Stored encrypted or as digests, never in an event. */
public interface UserCredentials {
    /**
     * Keeps the name and the password for a user who is created next.
     *
     * @return false when somebody has the name. A name whose user was never created is free again after a minute
     */
    boolean reserve(UserId userId, Username username, String passwordHash);

    /** Empty unless the user exists and is enabled. */
    Optional<Login> find(Username username);

    /** Empty unless the user exists and is enabled. */
    Optional<Login> find(UserId userId);

    void changePassword(UserId userId, String passwordHash);

    /** Removes the name, the password, the second factor and the backup codes. */
    void delete(UserId userId);

    /** Replaces a secret that was not confirmed. */
    void offerSecret(UserId userId, byte[] totpSecret);

    /** Empty when no second factor was begun. */
    Optional<byte[]> offeredSecret(UserId userId);

    /**
     * The offered secret counts from now on.
     *
     * @param step of the code that confirmed it, which is used up
     */
    void confirmSecret(UserId userId, long step, List<String> backupCodes);

    void removeSecret(UserId userId);

    /** Returns whether the step was unused, and later than all that were used; uses it up. */
    boolean useStep(UserId userId, long step);

    /** Returns whether the user has this code; uses it up. */
    boolean useBackupCode(UserId userId, String code);

    /** @param totpSecret null when the user has no second factor */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Login(UserId userId, TenantId tenant, UserGrant grant, String passwordHash, byte @Nullable [] totpSecret) {
        @Override
        public String toString() {
            return "Login[" + userId + "]";
        }
    }
}
