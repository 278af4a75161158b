package dev.polyphony.platform.openapi;

import dev.polyphony.platform.errors.ApiError;
import dev.polyphony.platform.errors.ErrorResponder;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Gives every operation its errors, each with the body that its base path has for it. */
@Component
final class DescribeErrors implements GlobalOpenApiCustomizer {
    private static final Set<HttpStatus> WITH_RETRY_AFTER =
            Set.of(HttpStatus.TOO_MANY_REQUESTS, HttpStatus.SERVICE_UNAVAILABLE);

    private final ErrorResponder errors;
    private final JsonMapper json;

    DescribeErrors(ErrorResponder errors, JsonMapper json) {
        this.errors = errors;
        this.json = json;
    }

    @Override
    public void customise(OpenAPI api) {
        api.getPaths()
                .forEach((path, item) -> item.readOperations().forEach(operation -> describe(api, path, operation)));
    }

    private void describe(OpenAPI api, String path, Operation operation) {
        Map<String, ApiResponse> responses = new TreeMap<>(operation.getResponses());
        CommonErrors.of(path, operation)
                .forEach((status, description) -> responses.computeIfAbsent(
                        String.valueOf(status.value()), _ -> new ApiResponse().description(description)));
        responses.forEach((code, response) -> {
            HttpStatus status = HttpStatus.valueOf(Integer.parseInt(code));
            if (status.isError()
                    && (response.getContent() == null || response.getContent().isEmpty())) {
                response.setContent(content(api, path, status, response.getDescription()));
                if (WITH_RETRY_AFTER.contains(status)) {
                    response.addHeaderObject("Retry-After", retryAfter());
                }
            }
        });
        ApiResponses sorted = new ApiResponses();
        sorted.putAll(responses);
        operation.setResponses(sorted);
    }

    private Content content(OpenAPI api, String path, HttpStatus status, String message) {
        return new Content()
                .addMediaType(
                        org.springframework.http.MediaType.APPLICATION_JSON_VALUE,
                        body(api, errors.example(path, ApiError.of(status, message))))
                .addMediaType(
                        org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        body(api, errors.problemExample(ApiError.of(status, message))));
    }

    private MediaType body(OpenAPI api, Object body) {
        ResolvedSchema resolved =
                ModelConverters.getInstance(true).readAllAsResolvedSchema(new AnnotatedType(body.getClass()));
        resolved.referencedSchemas.forEach(api.getComponents()::addSchemas);
        Schema<?> reference = new JsonSchema().$ref("#/components/schemas/" + resolved.schema.getName());
        return new MediaType().schema(reference).example(json.readValue(json.writeValueAsString(body), Object.class));
    }

    private static Header retryAfter() {
        return new Header()
                .description("Seconds after which it is worth trying again.")
                .schema(new JsonSchema().types(Set.of("integer")).minimum(BigDecimal.ONE));
    }
}
