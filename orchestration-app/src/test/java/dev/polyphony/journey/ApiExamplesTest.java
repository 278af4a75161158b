package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.polyphony.journey.Api.Reply;
import dev.polyphony.journey.ApiDescription.Operation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The examples of the API's description, which fit their schemas and work as they are. */
class ApiExamplesTest extends ServerTest {
    /** Their examples name a token of a session that there is not. */
    private static final Set<String> NEED_A_LOGIN = Set.of("refreshToken", "endSession");

    private ApiDescription api;

    @BeforeEach
    void read() {
        api = ApiDescription.of(stranger());
    }

    @Test
    void fitTheirSchemas() {
        assertThat(api.operations()).allSatisfy(operation -> {
            if (!operation.bodySchema().isMissingNode()) {
                assertThat(errors(operation.bodySchema(), operation.bodyExample()))
                        .as("%s", operation)
                        .isEmpty();
            }
            assertThat(operation.responses())
                    .allSatisfy(response -> response.getValue().path("content").forEach(content -> {
                        if (content.has("example")) {
                            assertThat(errors(content.path("schema"), content.path("example")))
                                    .as("%s %s", operation, response.getKey())
                                    .isEmpty();
                        }
                    }));
        });
    }

    @Test
    void answerWithTheDocumentedStatusAndBody() {
        assertThat(api.operations())
                .filteredOn(operation -> hasExamples(operation) && !NEED_A_LOGIN.contains(operation.id()))
                .allSatisfy(operation -> {
                    Reply reply = send(operation);
                    assertThat(reply.status())
                            .as("%s: %s", operation, reply.text())
                            .isBetween(200, 299);
                    JsonNode documented = operation.node().at("/responses/" + reply.status());
                    assertThat(documented.isMissingNode())
                            .as("%s %s", operation, reply.status())
                            .isFalse();
                    JsonNode schema = documented.at("/content/application~1json/schema");
                    if (!schema.isMissingNode()) {
                        assertThat(errors(schema, reply.json()))
                                .as("%s: %s", operation, reply.text())
                                .isEmpty();
                    }
                });
    }

    /** Whether every parameter that has to be given has an example, as no id has of a thing that is made first. */
    private static boolean hasExamples(Operation operation) {
        return operation.parameters().stream()
                .filter(parameter -> parameter.path("required").asBoolean(false))
                .allMatch(parameter -> parameter.has("example"));
    }

    private Reply send(Operation operation) {
        String path = operation.path();
        for (JsonNode parameter : operation.parameters()) {
            path = path.replace(
                    "{" + parameter.path("name").asString() + "}",
                    parameter.path("example").asString(""));
        }
        String body = operation.bodyExample().isMissingNode()
                ? ""
                : operation.bodyExample().toString();
        return switch (operation.method()) {
            case "get" -> api().get(path);
            case "delete" -> api().delete(path);
            case "put" -> api().put(path, body);
            case "post" -> api().post(path, body);
            default -> throw new AssertionError(operation.method());
        };
    }

    private List<Error> errors(JsonNode schema, JsonNode value) {
        ObjectNode whole = ((ObjectNode) schema).deepCopy();
        whole.set("components", api.document().path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole)
                .validate(value);
    }
}
