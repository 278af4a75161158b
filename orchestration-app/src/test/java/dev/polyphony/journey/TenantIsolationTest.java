package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.identity.Role;
import dev.polyphony.journey.Api.Reply;
import dev.polyphony.journey.ApiDescription.Operation;
import dev.polyphony.shared.TenantId;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Whatever the API's description says can be asked for by id is asked for by another tenant's admin: the answer is the one for an id that does
 * not exist. What takes the role of an operator is the server's, and no tenant's.
 */
class TenantIsolationTest extends ServerTest {
    private static final Set<Role> TENANTS_OWN = Set.of(Role.USER, Role.TRAINER, Role.ADMIN);

    /** Models and providers are the server's, and every tenant uses the same. */
    private static final List<String> EVERYBODYS =
            List.of("/openai/v1/models/", "/api/v1/ai-providers/", "/ollama/api/");

    private final RequestMappingHandlerMapping mapping;

    TenantIsolationTest(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        this.mapping = mapping;
    }

    @Test
    void answersAsIfAnotherTenantsIdDidNotExist() {
        Api owner = api(TenantKey.issue(api(), new TenantId("owner"), Role.ADMIN));
        Api other = api(TenantKey.issue(api(), new TenantId("other"), Role.ADMIN));
        Map<String, String> made = made(owner);
        List<Operation> asked = ApiDescription.of(api()).operations().stream()
                .filter(operation -> operation.path().contains("{"))
                .filter(operation -> EVERYBODYS.stream().noneMatch(operation.path()::startsWith))
                .filter(operation -> TENANTS_OWN.contains(role(operation)))
                .toList();

        assertThat(asked).hasSizeGreaterThan(6);
        assertThat(asked).allSatisfy(operation -> {
            String place = operation.path().substring(0, operation.path().indexOf('{'));
            String id = made.getOrDefault(place, "");
            assertThat(id)
                    .as("say in this test how a tenant makes what is below " + place)
                    .isNotEmpty();
            String absent = id.startsWith("key-") ? "key-" + "0".repeat(24) : absent(id);
            Reply foreign = send(other, operation, id);
            Reply nobodys = send(other, operation, absent);
            assertThat(foreign.status()).as(foreign.text()).isEqualTo(404);
            assertThat(nobodys.status()).as(nobodys.text()).isEqualTo(404);
            assertThat(anonymous(foreign, id)).isEqualTo(anonymous(nobodys, absent));
        });
        stillThere(owner, made);
    }

    private static Map<String, String> made(Api owner) {
        Reply run = owner.post(
                "/api/v1/workflows/orchestrator/trigger",
                "{\"input\":\"The door is open.\",\"ai_providers\":\"embedded\",\"subject\":\"alice\"}");
        Reply hook = owner.post(
                "/api/v1/webhooks", "{\"url\":\"http://127.0.0.1:9/hook\",\"events\":[\"workflow.completed\"]}");
        Reply key = owner.post("/api/v1/api-keys", "{\"name\":\"app\"}");
        Reply user = owner.post(
                "/api/v1/users",
                "{\"username\":\"%s@example.com\",\"password\":\"a long enough password\"}"
                        .formatted(UUID.randomUUID()));
        assertThat(run.status()).as(run.text()).isEqualTo(202);
        assertThat(user.status()).as(user.text()).isEqualTo(201);
        return Map.of(
                "/api/v1/workflows/orchestrator/", run.json().at("/workflow_id").asString(),
                "/api/v1/webhooks/", hook.json().at("/id").asString(),
                "/api/v1/api-keys/", key.json().at("/id").asString(),
                "/api/v1/users/", user.json().at("/id").asString(),
                "/api/v1/subjects/", "alice");
    }

    private static void stillThere(Api owner, Map<String, String> made) {
        for (String place : List.of("/api/v1/webhooks/", "/api/v1/api-keys/", "/api/v1/users/")) {
            assertThat(owner.get(place + made.get(place)).status()).isEqualTo(200);
        }
        assertThat(owner.delete("/api/v1/subjects/alice").status()).isEqualTo(204);
    }

    private static String absent(String id) {
        return id.matches("[0-9a-f-]{36}") ? UUID.randomUUID().toString() : "nobody-" + UUID.randomUUID();
    }

    private static Reply send(Api caller, Operation operation, String id) {
        String path = operation.path().replaceAll("\\{[^}]*}", id);
        String body = operation.bodyExample().isMissingNode()
                ? null
                : operation.bodyExample().toString();
        return caller.send(operation.method().toUpperCase(java.util.Locale.ROOT), path, body);
    }

    /** Without what differs from request to request. */
    private static String anonymous(Reply reply, String id) {
        return reply.text()
                .replace(id, "<id>")
                .replaceAll("\"(request_id|correlation_id|timestamp|instance)\":\"[^\"]*\"", "");
    }

    private @Nullable Role role(Operation operation) {
        return mapping.getHandlerMethods().entrySet().stream()
                .filter(entry -> Objects.requireNonNull(entry.getKey().getPathPatternsCondition())
                                .getPatternValues()
                                .contains(operation.path())
                        && entry.getKey().getMethodsCondition().getMethods().stream()
                                .map(Enum::name)
                                .collect(Collectors.toSet())
                                .contains(operation.method().toUpperCase(java.util.Locale.ROOT)))
                .map(entry -> entry.getValue().getMethodAnnotation(RolesAllowed.class))
                .filter(Objects::nonNull)
                .map(roles -> Role.valueOf(roles.value()[0]))
                .findFirst()
                .orElse(null);
    }
}
