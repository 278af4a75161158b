package dev.polyphony.identity.users;

import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.TenantId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a user. No command carries a password or a code. */
public sealed interface UserCommand {
    UserId userId();

    /** Whose user it is; another tenant's user is as good as unknown. */
    TenantId tenant();

    /** @param email null when none is known */
    record CreateUser(
            @TargetAggregateIdentifier UserId userId,
            DataSubject subject,
            Username username,
            @Nullable String email,
            UserGrant grant)
            implements UserCommand {
        @Override
        public TenantId tenant() {
            return subject.tenant();
        }
    }

    /**
     * Changes what is not null.
     *
     * @param enabled false keeps the user from logging in
     */
    record ChangeUser(
            @TargetAggregateIdentifier UserId userId,
            DataSubject subject,
            @Nullable String email,
            @Nullable UserGrant grant,
            @Nullable Boolean enabled)
            implements UserCommand {
        @Override
        public TenantId tenant() {
            return subject.tenant();
        }
    }

    /** The password is another one now; ends the user's sessions. */
    record RecordPasswordChange(@TargetAggregateIdentifier UserId userId, TenantId tenant) implements UserCommand {}

    /** Logging in takes a second factor from now on. */
    record EnableMfa(@TargetAggregateIdentifier UserId userId, TenantId tenant) implements UserCommand {}

    /** The password alone is enough again. */
    record DisableMfa(@TargetAggregateIdentifier UserId userId, TenantId tenant) implements UserCommand {}

    /** For good: the personal data is erased afterwards. */
    record DeleteUser(@TargetAggregateIdentifier UserId userId, TenantId tenant) implements UserCommand {}
}
