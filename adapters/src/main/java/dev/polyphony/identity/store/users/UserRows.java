package dev.polyphony.identity.store.users;

import dev.polyphony.db.identity.tables.records.UserAccountRecord;
import dev.polyphony.eventstore.crypto.EncryptedJson;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.identity.users.UserEvent.UserCreated;
import dev.polyphony.identity.users.UserGrant;
import dev.polyphony.identity.users.UserId;
import dev.polyphony.identity.users.UserView;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.Personal;
import dev.polyphony.shared.TenantId;
import java.util.Arrays;
import org.jooq.JSON;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads and writes rows of users; what is personal in them is encrypted as it is in the history. */
@Component
class UserRows {
    private final EncryptedJson encrypted;

    UserRows(EncryptedJson encrypted) {
        this.encrypted = encrypted;
    }

    /** As it is stored. */
    record StoredName(@Personal String value) {}

    /** As it is stored. */
    record StoredEmail(@Personal(erased = "null") @Nullable String value) {}

    JSON username(UserCreated event) {
        return JSON.json(encrypted.writeCopy(
                place(event.userId(), "username"), event.subject(), new StoredName(event.username())));
    }

    JSON email(UserId userId, DataSubject subject, @Nullable String email) {
        return JSON.json(encrypted.writeCopy(place(userId, "email"), subject, new StoredEmail(email)));
    }

    UserView view(UserAccountRecord row) {
        UserId userId = new UserId(row.getUserId());
        UserGrant grant = grant(row.getRoles(), row.getScopes());
        return new UserView(
                userId,
                read(row, "username", row.getUsername(), StoredName.class).value(),
                read(row, "email", row.getEmail(), StoredEmail.class).value(),
                grant.roles(),
                grant.scopes(),
                row.getEnabled(),
                row.getMfa(),
                row.getCreatedAt());
    }

    private <T> T read(UserAccountRecord row, String column, JSON stored, Class<T> type) {
        UserId userId = new UserId(row.getUserId());
        DataSubject subject = userId.subject(new TenantId(row.getTenant()));
        return encrypted.read(place(userId, column), stored.data(), type, _ -> subject);
    }

    private static String place(UserId userId, String column) {
        return "identity.user_account/" + userId + "/" + column;
    }

    static UserGrant grant(String[] roles, String[] scopes) {
        return new UserGrant(
                Arrays.stream(roles).map(Role::valueOf).toList(),
                Arrays.stream(scopes).map(Scope::new).toList());
    }

    static String[] roles(UserGrant grant) {
        return grant.roles().stream().map(Role::name).toArray(String[]::new);
    }

    static String[] scopes(UserGrant grant) {
        return grant.scopes().stream().map(Scope::value).toArray(String[]::new);
    }
}
