package dev.polyphony.eventstore;

import dev.polyphony.shared.EventName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

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
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(EventName.class));
        return new EventNames(scanner.findCandidateComponents(basePackage).stream()
                .<Class<?>>map(found -> ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null))
                .toList());
    }

    public SortedSet<String> all() {
        return new TreeSet<>(classes.keySet());
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
