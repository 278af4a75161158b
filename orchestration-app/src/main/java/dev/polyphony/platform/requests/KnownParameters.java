package dev.polyphony.platform.requests;

import dev.polyphony.platform.errors.ApiError;
import dev.polyphony.platform.errors.NearestName;
import dev.polyphony.platform.errors.RefusedRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses query parameters that the handler does not take, and those that come twice: who misspells a filter wants no unfiltered list. */
final class KnownParameters implements HandlerInterceptor {
    private final Map<Method, Collection<String>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() != null && handler instanceof HandlerMethod method) {
            Collection<String> names = known.computeIfAbsent(method.getMethod(), _ -> names(method));
            request.getParameterMap().forEach((name, values) -> check(name, values, names));
        }
        return true;
    }

    private static void check(String name, String[] values, Collection<String> names) {
        if (!names.contains(name)) {
            throw new RefusedRequest(ApiError.invalid(
                    name, values[0], NearestName.sentence("query parameter", name, names), names(names)));
        }
        if (values.length > 1) {
            throw new RefusedRequest(ApiError.invalid(
                    name,
                    String.join(", ", values),
                    "'%s' is given %d times. Give it once.".formatted(name, values.length),
                    "one value"));
        }
    }

    private static String names(Collection<String> names) {
        return names.isEmpty() ? "no query parameter" : String.join(", ", names);
    }

    private static Collection<String> names(HandlerMethod handler) {
        return QueryParameter.of(handler).stream()
                .map(QueryParameter::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
