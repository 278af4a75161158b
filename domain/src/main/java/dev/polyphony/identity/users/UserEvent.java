package dev.polyphony.identity.users;

import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.EventName;
import dev.polyphony.shared.Personal;
import org.jspecify.annotations.Nullable;

/** What has happened to a user. Stored for ever: add an event rather than change one. Never carries a secret. */
public sealed interface UserEvent {
    UserId userId();

    @EventName("user.created")
    record UserCreated(
            UserId userId,
            DataSubject subject,
            @Personal String username,
            @Personal(erased = "null") @Nullable String email,
            UserGrant grant)
            implements UserEvent {}

    /** How the user is from now on. */
    @EventName("user.changed")
    record UserChanged(
            UserId userId,
            DataSubject subject,
            @Personal(erased = "null") @Nullable String email,
            UserGrant grant,
            boolean enabled)
            implements UserEvent {}

    @EventName("user.password_changed")
    record PasswordChanged(UserId userId) implements UserEvent {}

    @EventName("user.mfa_enabled")
    record MfaEnabled(UserId userId) implements UserEvent {}

    @EventName("user.mfa_disabled")
    record MfaDisabled(UserId userId) implements UserEvent {}

    /** The subject's key is destroyed next. */
    @EventName("user.deleted")
    record UserDeleted(UserId userId, DataSubject subject) implements UserEvent {}
}
