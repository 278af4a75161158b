package dev.polyphony.platform.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Names schemas by their class or its {@code @Schema(name)}, and no two classes alike: one would be described as the other. */
final class SchemaNames extends TypeNameResolver {
    private final Map<String, Class<?>> taken = new ConcurrentHashMap<>();

    /** A request's body and a view are named for what they are to the caller. */
    @Override
    protected String getNameOfClass(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=.)View$", "").replaceAll("(?<=.)Body$", "Request");
    }

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        String name = super.nameForClass(type, options);
        Class<?> other = taken.putIfAbsent(name, type);
        if (other != null && other != type && isOurs(type)) {
            throw new IllegalStateException(
                    "the schema '%s' would be both %s and %s; give one of them @Schema(name = …)"
                            .formatted(name, other.getName(), type.getName()));
        }
        return name;
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("dev.polyphony.");
    }
}
