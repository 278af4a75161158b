package dev.polyphony.journey;

import dev.polyphony.identity.Role;
import dev.polyphony.shared.TenantId;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** The key of somebody who is no admin. */
final class TrainerKey {
    private TrainerKey() {}

    /** Returns when the server knows it. */
    static String issue(CommandGateway commands, Api stranger) {
        return TenantKey.issue(commands, stranger, TenantId.DEFAULT, Role.TRAINER);
    }
}
