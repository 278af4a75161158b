package dev.polyphony.conversations.gateway;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.databind.json.JsonMapper;

/** Puts {@link JsonBodies} before Spring's own readers and writers; those that are configured come after them. */
@Configuration(proxyBeanMethods = false)
class JsonBodiesConfig {
    @Bean
    InitializingBean jsonBodies(RequestMappingHandlerAdapter adapter, JsonMapper json) {
        JsonBodies bodies = new JsonBodies(json);
        return () -> {
            adapter.setArgumentResolvers(before(adapter.getArgumentResolvers(), bodies));
            adapter.setReturnValueHandlers(before(adapter.getReturnValueHandlers(), bodies));
        };
    }

    /** @param others null before Spring has set up its own */
    private static <T> List<T> before(@Nullable List<? extends T> others, T first) {
        return Stream.concat(Stream.of(first), Objects.requireNonNull(others).stream())
                .toList();
    }
}
