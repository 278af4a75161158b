package dev.polyphony.eventstore.crypto;

import dev.polyphony.shared.Personal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** Tells Jackson who writes and reads what is {@link Personal}. */
final class PersonalIntrospector extends NopAnnotationIntrospector {
    private final transient JsonMapper plain;

    PersonalIntrospector(JsonMapper plain) {
        this.plain = plain;
    }

    @Override
    public @Nullable Object findSerializer(MapperConfig<?> config, Annotated component) {
        return component.hasAnnotation(Personal.class) ? new EncryptingSerializer(plain) : null;
    }

    @Override
    public @Nullable Object findDeserializer(MapperConfig<?> config, Annotated component) {
        return component.hasAnnotation(Personal.class) ? new DecryptingDeserializer(plain) : null;
    }
}
