package dev.polyphony.identity.store.lockout;

import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.identity.lockout.FailedAttempts;
import org.jooq.DSLContext;

/** Lets tests of other packages count failures. */
public final class AttemptStores {
    private AttemptStores() {}

    public static FailedAttempts on(DSLContext sql, DerivedKeys keys) {
        return new JooqFailedAttempts(sql, keys);
    }
}
