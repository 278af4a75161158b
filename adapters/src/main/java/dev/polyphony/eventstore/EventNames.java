package dev.polyphony.eventstore;

import dev.polyphony.shared.EventName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ResourceLoader;

/** Which stable name belongs to which event class; the only place that knows both. */
public final class EventNames {
    private final Map<String, Class<?>> classes = new HashMap<>();

    /** @throws IllegalArgumentException when two classes claim one name */
    public EventNames(Collection<Class<?>> events) {
        for (Class<?> event : events) {
            Class<?> other = classes.put(nameOf(event), event);
            if (other != null) {
                throw new IllegalArgumentException(
                        "event name '" + nameOf(event) + "' is claimed by " + other + " and " + event);
            }
        }
    }

    /** Finds every class annotated with {@link EventName} below a package. */
    public static EventNames below(String basePackage) {
        return below(basePackage, null);
    }

    /** @param context remembers what other scans of the same start have read */
    public static EventNames below(String basePackage, @Nullable ResourceLoader context) {
        return new EventNames(AnnotatedClasses.below(basePackage, EventName.class, context));
    }

    public SortedSet<String> all() {
        return new TreeSet<>(classes.keySet());
    }

    /** Those that may leave the server, in order. */
    public SortedSet<String> published() {
        return classes.entrySet().stream()
                .filter(event -> annotationOf(event.getValue()).published())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public Optional<Class<?>> classOf(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    /** @throws IllegalArgumentException when the class has no {@link EventName} */
    public static String nameOf(Class<?> event) {
        return annotationOf(event).value();
    }

    static int revisionOf(Class<?> event) {
        return annotationOf(event).revision();
    }

    static boolean isNamed(Class<?> type) {
        return type.isAnnotationPresent(EventName.class);
    }

    private static EventName annotationOf(Class<?> event) {
        EventName name = event.getAnnotation(EventName.class);
        if (name == null) {
            throw new IllegalArgumentException(event + " is stored as an event and needs an @EventName");
        }
        return name;
    }
}
