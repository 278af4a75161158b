package dev.polyphony;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves tests out, whether they are folders (mvn test) or the examples' jars (mvn verify). */
public final class OwnCode implements ImportOption {
    private static final ImportOption NO_TEST_FOLDERS = new DoNotIncludeTests();

    @Override
    public boolean includes(Location location) {
        return NO_TEST_FOLDERS.includes(location) && !location.contains("-tests.jar");
    }

    static boolean isInDomain(JavaClass type) {
        return type.getSource()
                .map(source -> source.getUri().toString().contains("/domain/"))
                .orElse(false);
    }
}
