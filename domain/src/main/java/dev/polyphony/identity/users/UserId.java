package dev.polyphony.identity.users;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.TenantId;
import java.util.UUID;

/** Names a user; says nothing about the person. */
public record UserId(@JsonValue UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public UserId {}

    /** Whose key the user's personal data is encrypted with. */
    public DataSubject subject(TenantId tenant) {
        return new DataSubject(tenant, "user:" + value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
