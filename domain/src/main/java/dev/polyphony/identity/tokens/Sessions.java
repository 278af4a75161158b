package dev.polyphony.identity.tokens;

import dev.polyphony.identity.users.UserGrant;
import dev.polyphony.identity.users.UserId;
import dev.polyphony.shared.TenantId;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Sessions of users: each is the family of refresh tokens that follow from one login. */
public interface Sessions {
    /**
     * Begins a session with what the user may do at this moment.
     *
     * @param lifetime how long a refresh token can be used
     * @return empty when the user was deleted or disabled meanwhile
     */
    Optional<Session> begin(UserId userId, RefreshToken first, Duration lifetime);

    /** Replaces a refresh token; of several that try at once one wins. */
    Renewal renew(RefreshToken used, RefreshToken next, RefreshPolicy policy);

    /** Ends a session: neither its refresh token nor its access tokens count any more. */
    void end(UUID sessionId);

    /** Ends the session of a refresh token, whether it was used or not. */
    void end(RefreshToken token);

    /** Who is logged in, and what the user may do now. */
    record Session(UUID id, UserId userId, TenantId tenant, UserGrant grant) {}

    /**
     * @param lifetime how long a refresh token can be used
     * @param retryWindow how soon after it was used a token may come again from the same address without ending the session
     * @param address where the request came from
     */
    record RefreshPolicy(Duration lifetime, Duration retryWindow, String address) {}

    /** What came of a refresh token. */
    sealed interface Renewal {
        record Renewed(Session session) implements Renewal {}

        /** Nobody has such a token, it has expired, or its session has ended. */
        record Unknown() implements Renewal {}

        /** It was used a moment ago from the same address; the session goes on. */
        record Repeated() implements Renewal {}

        /** It was used before: somebody else has it. The session has ended. */
        record Reused(UserId userId) implements Renewal {}
    }
}
