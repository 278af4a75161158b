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
        create(operator, tenant);
        Reply reply = operator.post(
                "/api/v1/api-keys",
                "{\"name\":\"%1$s\",\"roles\":[\"%1$s\"],\"tenant\":\"%2$s\"}".formatted(role, tenant));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json().at("/key").asString();
    }

    /** With the sample's repositories, unless it is there already. */
    static void create(Api operator, TenantId tenant) {
        Reply created = operator.post(
                "/api/v1/tenants",
                "{\"id\":\"%s\",\"repositories_root\":\"%s\"}".formatted(tenant, ServerTest.REPOSITORIES));
        assertThat(created.status()).as(created.text()).isIn(201, 409);
    }
}
