package dev.polyphony.privacy;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.polyphony.shared.DataSubject;

/** Names a subject among the aggregates of all tenants, such as {@code subject:default/alice}. */
public record SubjectId(DataSubject subject) {
    @JsonValue
    @Override
    public String toString() {
        return "subject:" + subject;
    }
}
