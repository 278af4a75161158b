package dev.polyphony.eventstore.crypto;

import dev.polyphony.shared.DataSubject;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the one component by which an event or a command names its data subject. */
public final class SubjectOf {
    private static final ClassValue<Optional<Method>> ACCESSORS = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            return accessor(type);
        }
    };

    private SubjectOf() {}

    /** Null when it names none. */
    public static @Nullable DataSubject message(Object payload) {
        Optional<Method> accessor = ACCESSORS.get(payload.getClass());
        return accessor.isEmpty() ? null : call(accessor.get(), payload);
    }

    private static @Nullable DataSubject call(Method accessor, Object payload) {
        try {
            return (DataSubject) accessor.invoke(payload);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the data subject of " + payload.getClass() + " cannot be read", e);
        }
    }

    private static Optional<Method> accessor(Class<?> type) {
        if (!type.isRecord()) {
            return Optional.empty();
        }
        List<Method> found = Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getType() == DataSubject.class)
                .map(RecordComponent::getAccessor)
                .toList();
        if (found.size() > 1) {
            throw new IllegalStateException(type + " has " + found.size()
                    + " components of type DataSubject; whose key would it take? Leave one");
        }
        found.forEach(accessor -> accessor.setAccessible(true));
        return found.stream().findFirst();
    }
}
