package dev.polyphony.privacy.automation;

import dev.polyphony.identity.users.UserEvent.UserDeleted;
import dev.polyphony.privacy.SubjectCommand.RecordErasure;
import dev.polyphony.privacy.SubjectId;
import dev.polyphony.privacy.SubjectKeys;
import dev.polyphony.shared.MessageOrigin;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.stereotype.Component;

/** Erases what is personal about a user who was deleted. The key goes first and the record second, as in every erasure. */
@Component
@DisallowReplay
@ProcessingGroup("erase-deleted-users")
class EraseDeletedUsers {
    private final SubjectKeys keys;
    private final CommandGateway commands;

    EraseDeletedUsers(SubjectKeys keys, CommandGateway commands) {
        this.keys = keys;
        this.commands = commands;
    }

    @EventHandler
    void on(UserDeleted event, EventMessage<UserDeleted> message) {
        keys.destroy(event.subject());
        commands.sendAndWait(
                new RecordErasure(new SubjectId(event.subject())),
                MessageOrigin.of(message.getMetaData())
                        .then("system:erase-deleted-users", message.getIdentifier())
                        .metaData());
    }
}
