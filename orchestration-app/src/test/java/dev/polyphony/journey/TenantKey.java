package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.identity.Role;
import dev.polyphony.journey.Api.Reply;
import dev.polyphony.shared.TenantId;

/** The key of somebody in some tenant. */
final class TenantKey {
    private TenantKey() {}

    /** @param operator who may issue keys of every tenant */
    static String issue(Api operator, TenantId tenant, Role role) {
        Reply reply = operator.post(
                "/api/v1/api-keys",
                "{\"name\":\"%1$s\",\"roles\":[\"%1$s\"],\"tenant\":\"%2$s\"}".formatted(role, tenant));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json().at("/key").asString();
    }
}
