package dev.polyphony.platform.openapi;

import dev.polyphony.platform.requests.QueryParameter;
import dev.polyphony.platform.web.Idempotent;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.HandlerMethod;

/**
 * Describes an operation by its handler: the id is the method's name, the texts are its Javadoc, and the keys that it takes are those of its
 * roles.
 */
@Component
final class DescribeOperations implements GlobalOperationCustomizer {
    private static final String LOWEST_ROLE = "USER";
    private static final String QUERY = "query";

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        Method method = handler.getMethod();
        String comment = Javadocs.of(method);
        RolesAllowed roles = method.getAnnotation(RolesAllowed.class);
        operation.setOperationId(method.getName());
        operation.setSummary(summary(comment));
        operation.setDescription(comment + access(roles));
        operation.setSecurity(
                roles == null
                        ? List.of()
                        : List.of(
                                new SecurityRequirement().addList(OpenApiConfig.API_KEY),
                                new SecurityRequirement().addList(OpenApiConfig.BEARER)));
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(parameter -> describe(parameter, handler));
        }
        if (operation.getRequestBody() != null) {
            operation.getRequestBody().setRequired(true);
        }
        if (method.isAnnotationPresent(Idempotent.class)) {
            operation.addParametersItem(idempotencyKey());
            operation
                    .getResponses()
                    .addApiResponse("409", new ApiResponse().description("The key came before with another body."));
        }
        for (ErrorCase error : AnnotatedElementUtils.getMergedRepeatableAnnotations(method, ErrorCase.class)) {
            String code = String.valueOf(error.status().value());
            operation.getResponses().addApiResponse(code, new ApiResponse().description(error.when()));
        }
        return operation;
    }

    private static Parameter idempotencyKey() {
        Schema<?> text = new JsonSchema().minLength(1).maxLength(255);
        text.addType("string");
        return new HeaderParameter()
                .name("Idempotency-Key")
                .description("Names the request: sent again under the same key it is not done again, and gets the same"
                        + " answer for 24 hours. 1 to 255 printable ASCII characters, such as a UUID.")
                .schema(text);
    }

    /** The first sentence, without its full stop. */
    private static String summary(String comment) {
        return comment.split("\\.(\\s|$)", 2)[0];
    }

    private static String access(@Nullable RolesAllowed roles) {
        if (roles == null) {
            return "\n\nNeeds no key.";
        }
        String role = roles.value()[0];
        return role.equals(LOWEST_ROLE)
                ? ""
                : "\n\nNeeds a key with the role `%s`.".formatted(role.toLowerCase(Locale.ROOT));
    }

    /** Parameters under the names that the server reads, whatever they are called in Java. */
    private static void describe(Parameter parameter, HandlerMethod handler) {
        String comment = QUERY.equals(parameter.getIn())
                ? query(parameter, handler)
                : Javadocs.ofParameter(handler.getMethod(), declaredName(parameter, handler));
        if (parameter.getDescription() == null && !comment.isEmpty()) {
            parameter.setDescription(comment);
        }
        Schema<?> schema = parameter.getSchema();
        if (schema != null && schema.getPattern() != null) {
            schema.setPattern(Patterns.ecma(schema.getPattern()));
        }
    }

    private static String query(Parameter parameter, HandlerMethod handler) {
        for (QueryParameter known : QueryParameter.of(handler)) {
            if (known.declared().equals(parameter.getName())) {
                parameter.setName(known.name());
                return known.record().isRecord()
                        ? Javadocs.ofComponent(known.record(), known.declared())
                        : Javadocs.ofParameter(handler.getMethod(), known.declared());
            }
        }
        return "";
    }

    private static String declaredName(Parameter parameter, HandlerMethod handler) {
        return Arrays.stream(handler.getMethod().getParameters())
                .filter(declared -> isNamed(declared.getAnnotation(PathVariable.class), parameter.getName()))
                .map(java.lang.reflect.Parameter::getName)
                .findFirst()
                .orElse(parameter.getName());
    }

    private static boolean isNamed(@Nullable PathVariable variable, String name) {
        return variable != null && variable.value().equals(name);
    }
}
