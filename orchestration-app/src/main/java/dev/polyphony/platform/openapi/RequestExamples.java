package dev.polyphony.platform.openapi;

import io.swagger.v3.oas.models.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.json.JsonMapper;

/** Gives every operation with a body the example of {@code openapi/examples} that is named for it. It works as it is on a fresh server. */
@Component
final class RequestExamples implements GlobalOperationCustomizer {
    private final JsonMapper json;

    RequestExamples(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        if (operation.getRequestBody() != null) {
            ClassPathResource file = new ClassPathResource(
                    "openapi/examples/%s.json".formatted(handler.getMethod().getName()));
            if (file.exists()) {
                Object example = read(file);
                operation.getRequestBody().getContent().values().forEach(body -> body.setExample(example));
            }
        }
        return operation;
    }

    private Object read(ClassPathResource file) {
        try (InputStream text = file.getInputStream()) {
            return json.readValue(text, Object.class);
        } catch (IOException failure) {
            throw new UncheckedIOException("the example " + file + " cannot be read", failure);
        }
    }
}
