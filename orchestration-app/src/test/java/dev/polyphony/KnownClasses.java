package dev.polyphony;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.resolvers.ClassResolver;
import com.tngtech.archunit.core.importer.resolvers.SelectedClassResolverFromClasspath;
import java.util.List;
import java.util.Optional;

/**
 * What the rules on our code look up beside it: the frameworks whose annotations they ask for. To read every class of every
 * library doubles their time. {@code archunit.properties} names this class.
 */
public final class KnownClasses implements ClassResolver {
    private final ClassResolver selected = new SelectedClassResolverFromClasspath(
            List.of("dev.polyphony", "org.springframework", "org.axonframework", "java"));

    @Override
    public void setClassUriImporter(ClassUriImporter importer) {
        selected.setClassUriImporter(importer);
    }

    @Override
    public Optional<JavaClass> tryResolve(String typeName) {
        return selected.tryResolve(typeName);
    }
}
