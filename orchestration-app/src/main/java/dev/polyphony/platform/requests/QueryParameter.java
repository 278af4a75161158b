package dev.polyphony.platform.requests;

import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/**
 * A query parameter that a handler reads.
 *
 * @param name as it stands in a request
 * @param declared as it stands in Java: the handler's own parameter, or a component of one that is a record
 * @param record the record that it is a component of; the handler's class when it is none
 */
public record QueryParameter(String name, String declared, Class<?> record) {
    public static List<QueryParameter> of(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .flatMap(QueryParameter::of)
                .toList();
    }

    private static Stream<QueryParameter> of(MethodParameter parameter) {
        RequestParam single = parameter.getParameterAnnotation(RequestParam.class);
        if (single != null) {
            String declared = parameter.getParameter().getName();
            String name = single.name().isEmpty() ? declared : single.name();
            return Stream.of(new QueryParameter(name, declared, parameter.getContainingClass()));
        }
        return parameter.hasParameterAnnotation(ParameterObject.class)
                ? components(parameter.getParameterType())
                : Stream.empty();
    }

    private static Stream<QueryParameter> components(Class<?> record) {
        return Arrays.stream(record.getDeclaredConstructors()[0].getParameters())
                .map(component -> new QueryParameter(name(component), component.getName(), record));
    }

    private static String name(Parameter component) {
        BindParam bound = component.getAnnotation(BindParam.class);
        return bound == null ? component.getName() : bound.value();
    }
}
