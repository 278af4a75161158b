package dev.polyphony.privacy.automation;

import dev.polyphony.identity.tenants.TenantEvent.TenantDeleted;
import dev.polyphony.privacy.SubjectCommand.RecordErasure;
import dev.polyphony.privacy.SubjectId;
import dev.polyphony.privacy.SubjectKeys;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.MessageOrigin;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.stereotype.Component;

/**
 * Erases everybody whom a deleted tenant's data is about: first nobody gets a key any more, then each key is destroyed and that is recorded.
 * Keys are destroyed together with the position in the history, so a process that dies in between leaves the rest, and what it recorded, to the next.
 */
@Component
@DisallowReplay
@ProcessingGroup("erase-deleted-tenants")
class EraseDeletedTenants {
    private static final int AT_ONCE = 500;

    private final SubjectKeys keys;
    private final CommandGateway commands;

    EraseDeletedTenants(SubjectKeys keys, CommandGateway commands) {
        this.keys = keys;
        this.commands = commands;
    }

    @EventHandler
    void on(TenantDeleted deleted, EventMessage<?> message) {
        keys.close(deleted.tenant());
        MessageOrigin deletion = MessageOrigin.of(message.getMetaData());
        MessageOrigin origin = new MessageOrigin(
                deleted.tenant(), "system:privacy", deletion.correlationId(), message.getIdentifier());
        for (List<DataSubject> some = remaining(deleted); !some.isEmpty(); some = remaining(deleted)) {
            for (DataSubject subject : some) {
                keys.destroy(subject);
                commands.sendAndWait(new RecordErasure(new SubjectId(subject)), origin.metaData());
            }
        }
    }

    private List<DataSubject> remaining(TenantDeleted deleted) {
        return keys.remaining(deleted.tenant(), AT_ONCE);
    }
}
