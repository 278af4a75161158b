package dev.polyphony.eventstore.crypto;

import dev.polyphony.shared.Internal;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/** Leaves out what is {@link Internal}. */
final class InternalIntrospector extends NopAnnotationIntrospector {
    @Override
    public boolean hasIgnoreMarker(MapperConfig<?> config, AnnotatedMember component) {
        return component.hasAnnotation(Internal.class);
    }
}
