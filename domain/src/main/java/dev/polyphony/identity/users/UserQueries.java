package dev.polyphony.identity.users;

import dev.polyphony.shared.TenantId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users as people read them. Lags the event store by milliseconds. */
public interface UserQueries {
    /** Empty for a user who is unknown, deleted, or another tenant's. */
    Optional<UserView> find(TenantId tenant, UserId userId);

    /**
     * In the order of their ids.
     *
     * @param after where the page before ended; null for the first
     * @param limit the maximum, at least 1
     */
    List<UserView> list(TenantId tenant, @Nullable UserId after, int limit);
}
