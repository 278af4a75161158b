package dev.polyphony.journey;

import dev.polyphony.identity.Role;
import dev.polyphony.shared.TenantId;

/** The key of somebody who is no admin. */
final class TrainerKey {
    private TrainerKey() {}

    static String issue(Api operator) {
        return TenantKey.issue(operator, TenantId.DEFAULT, Role.TRAINER);
    }
}
