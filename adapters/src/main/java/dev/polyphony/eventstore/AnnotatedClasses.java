package dev.polyphony.eventstore;

import java.lang.annotation.Annotation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** Finds the classes that carry an annotation, so that no list of them has to be kept. */
final class AnnotatedClasses {
    private AnnotatedClasses() {}

    /** @param context remembers what other scans of the same start have read */
    static List<Class<?>> below(
            String basePackage, Class<? extends Annotation> annotation, @Nullable ResourceLoader context) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.setResourceLoader(context);
        scanner.addIncludeFilter(new AnnotationTypeFilter(annotation));
        return scanner.findCandidateComponents(basePackage).stream()
                .<Class<?>>map(found -> ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null))
                .toList();
    }
}
