package dev.polyphony.workflows;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.TenantId;
import java.util.UUID;

/** Names a run: the definition's name, a dash and a random UUID, such as {@code orchestrator-1b4e28ba-…}. */
public record WorkflowRunId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public WorkflowRunId {}

    public static WorkflowRunId random(String definition) {
        return of(definition, UUID.randomUUID());
    }

    /** The same for the same two. */
    public static WorkflowRunId of(String definition, UUID id) {
        return new WorkflowRunId(definition + "-" + id);
    }

    /** The subject of a run that is about nobody in particular: what it holds can be erased under its own id. */
    public DataSubject asSubject(TenantId tenant) {
        return new DataSubject(tenant, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
