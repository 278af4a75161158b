package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.journey.ApiDescription.Operation;
import dev.polyphony.platform.openapi.ErrorCase;
import dev.polyphony.platform.requests.QueryParameter;
import dev.polyphony.workflows.RunOptions.Priority;
import dev.polyphony.workflows.builtin.orchestrator.Orchestrator;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The rules that the description of the API keeps. */
class ApiDescriptionTest extends ServerTest {
    private static final String CAMEL_CASE = "[a-z]+([A-Z][a-z0-9]*)+";

    /** What Java's expressions have and those of JSON Schema have not. */
    private static final String ONLY_JAVA = "[*+?}]\\+|\\\\p\\{|\\(\\?<[=!]|\\(\\?[a-z]|\\\\[AGQEZzhHRX]|&&";

    private static final List<String> JAVA_WORDS =
            List.of("Body", "View", "Reply", "Configuration", "Details", "Controller", "Config", "Dto");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping handlers;

    private ApiDescription api;

    @BeforeEach
    void read() {
        api = ApiDescription.of(stranger());
    }

    @Test
    void namesEveryOperationForWhatItDoes() {
        List<String> ids = api.operations().stream().map(Operation::id).toList();

        assertThat(ids)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches(CAMEL_CASE))
                .contains("triggerOrchestrator", "listEvents", "createChatCompletion");
    }

    @Test
    void groupsOperationsByDeclaredTagsAndSumsThemUp() {
        assertThat(api.operations()).allSatisfy(operation -> {
            assertThat(operation.node().path("tags").valueStream().map(JsonNode::asString))
                    .hasSize(1)
                    .isSubsetOf(api.tags());
            assertThat(operation.node().path("summary").asString(""))
                    .isNotBlank()
                    .hasSizeLessThan(90);
            assertThat(operation.node().path("description").asString("")).isNotBlank();
        });
        assertThat(api.document().path("tags").valueStream())
                .allSatisfy(tag -> assertThat(tag.path("description").asString(""))
                        .as("%s", tag)
                        .isNotBlank());
    }

    @Test
    void takesTheParametersThatItDescribesAndDescribesThoseThatItTakes() {
        Map<String, HandlerMethod> byId = handlersById();

        assertThat(api.operations()).allSatisfy(operation -> {
            TreeSet<String> described = operation.parameters().stream()
                    .filter(parameter -> parameter.path("in").asString().equals("query"))
                    .map(parameter -> parameter.path("name").asString())
                    .collect(Collectors.toCollection(TreeSet::new));
            TreeSet<String> read = QueryParameter.of(Objects.requireNonNull(byId.get(operation.id()))).stream()
                    .map(QueryParameter::name)
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(described).as("%s", operation).isEqualTo(read).allMatch(name -> name.matches("[a-z_]+"));
        });
    }

    @Test
    void describesEveryParameterAndField() {
        List<String> undescribed = new ArrayList<>();
        api.operations()
                .forEach(operation -> operation.parameters().stream()
                        .filter(parameter ->
                                parameter.path("description").asString("").isBlank())
                        .forEach(parameter -> undescribed.add(operation + " " + parameter.path("name"))));
        api.schemas().forEach(schema -> {
            JsonNode properties = schema.getValue().path("properties");
            if (schema.getValue().path("description").asString("").isBlank()
                    || (isEmptyObject(schema.getValue()) && !schema.getValue().has("oneOf"))) {
                undescribed.add(schema.getKey());
            }
            properties.properties().stream()
                    .filter(field ->
                            field.getValue().path("description").asString("").isBlank())
                    .forEach(field -> undescribed.add(schema.getKey() + "." + field.getKey()));
        });

        assertThat(undescribed).isEmpty();
    }

    private static boolean isEmptyObject(JsonNode schema) {
        return schema.path("type").asString("").equals("object")
                && !schema.has("properties")
                && !schema.has("additionalProperties");
    }

    @Test
    void tellsWhatEachStatusAnswers() {
        assertThat(api.operations()).allSatisfy(operation -> {
            assertThat(operation.responses().stream().map(Map.Entry::getKey))
                    .anyMatch(status -> status.startsWith("2"))
                    .contains("400", "500")
                    .doesNotContain("501");
            assertThat(operation.responses()).allSatisfy(response -> {
                boolean hasBody = !response.getKey().equals("204");
                assertThat(response.getValue().path("description").asString("")).isNotBlank();
                assertThat(response.getValue().path("content").valueStream().toList())
                        .as("%s %s", operation, response.getKey())
                        .hasSizeGreaterThanOrEqualTo(hasBody ? 1 : 0)
                        .allMatch(content -> content.has("schema"));
            });
        });
    }

    @Test
    void wordsErrorsAsTheBasePathDoes() {
        assertThat(errorSchema("listEvents", "401")).endsWith("/AmasError");
        assertThat(errorSchema("createChatCompletion", "429")).endsWith("/OpenAiErrorReply");
        assertThat(errorSchema("ollamaChat", "404")).endsWith("/OllamaError");
        assertThat(errorSchema("listCircuits", "403")).endsWith("/StateSetError");
    }

    private String errorSchema(String operation, String status) {
        return api.operation(operation)
                .node()
                .at("/responses/" + status + "/content/application~1json/schema/$ref")
                .asString("");
    }

    @Test
    void asksForAKeyWhereTheHandlerDoes() {
        Map<String, HandlerMethod> byId = handlersById();

        assertThat(api.operations()).allSatisfy(operation -> {
            HandlerMethod handler = Objects.requireNonNull(byId.get(operation.id()));
            RolesAllowed roles = handler.getMethodAnnotation(RolesAllowed.class);
            assertThat(operation.node().has("security")).as("%s", operation).isTrue();
            assertThat(operation.needsKey()).as("%s", operation).isEqualTo(roles != null);
            assertThat(operation.node().path("responses").has("401"))
                    .as("%s", operation)
                    .isEqualTo(roles != null || says(handler, HttpStatus.UNAUTHORIZED));
            assertThat(operation.node().path("responses").has("403"))
                    .as("%s", operation)
                    .isEqualTo(
                            (roles != null && !roles.value()[0].equals("USER")) || says(handler, HttpStatus.FORBIDDEN));
        });
    }

    private static boolean says(HandlerMethod handler, HttpStatus status) {
        return AnnotatedElementUtils.getMergedRepeatableAnnotations(handler.getMethod(), ErrorCase.class).stream()
                .anyMatch(error -> error.status() == status);
    }

    @Test
    void writesPatternsThatJsonSchemaKnows() {
        assertThat(api.everywhere("pattern"))
                .isNotEmpty()
                .allSatisfy(pattern -> assertThat(pattern)
                        .doesNotContainPattern(ONLY_JAVA)
                        .startsWith("^")
                        .endsWith("$"));
    }

    @Test
    void namesSchemasInTheWordsOfTheApi() {
        assertThat(api.schemas().stream().map(Map.Entry::getKey))
                .allMatch(name -> name.matches("[A-Z][A-Za-z0-9]+"))
                .doesNotContainAnyElementsOf(JAVA_WORDS)
                .noneMatch(name -> name.endsWith("Body") || name.endsWith("View"));
        assertThat(api.schemas())
                .allSatisfy(schema -> assertThat(
                                schema.getValue().path("properties").propertyNames())
                        .as(schema.getKey())
                        .allMatch(name -> name.matches("[a-z0-9_.]+")));
    }

    @Test
    void listsTheWordsThatTheServerTakes() {
        JsonNode trigger = api.document().at("/components/schemas/OrchestratorTrigger/properties");

        assertThat(words(trigger.path("orchestration_mode"))).containsExactlyElementsOf(Orchestrator.MODES);
        assertThat(words(trigger.path("priority_level")))
                .containsExactlyElementsOf(Arrays.stream(Priority.values())
                        .map(priority -> priority.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void tellsWhatIsRequiredAndWhatMayBeNull() {
        JsonNode run = api.document().at("/components/schemas/OrchestratorRun");
        JsonNode webhook = api.document().at("/components/schemas/WebhookRegistration");

        assertThat(run.path("required").valueStream().map(JsonNode::asString))
                .contains("workflow_id", "progress")
                .doesNotContain("ended_at");
        assertThat(run.at("/properties/ended_at/type").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder("string", "null");
        assertThat(run.at("/properties/workflow_id/type").asString()).isEqualTo("string");
        assertThat(webhook.path("required").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder("url", "events");
    }

    private static List<String> words(JsonNode schema) {
        Stream<JsonNode> words = schema.path("enum").valueStream();
        return words.filter(JsonNode::isString).map(JsonNode::asString).toList();
    }

    /** The rule of the names: an operation is called what its handler is called. */
    private Map<String, HandlerMethod> handlersById() {
        Map<String, HandlerMethod> byId = new TreeMap<>();
        handlers.getHandlerMethods().values().stream()
                .filter(handler -> handler.getBeanType().getName().startsWith("dev.polyphony."))
                .forEach(handler -> byId.put(handler.getMethod().getName(), handler));
        return byId;
    }
}
