package dev.polyphony.eventstore.crypto;

import dev.polyphony.shared.Personal;
import tools.jackson.core.TreeNode;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;

/** What a personal component reads as once it is erased. */
final class ErasedValue {
    private ErasedValue() {}

    /** As JSON. Refuses a component that does not say, and one whose plain form could look like an encrypted one. */
    static String of(BeanProperty component) {
        JavaType type = component.getType();
        Personal personal = component.getAnnotation(Personal.class);
        if (type.isMapLikeType() || type.isJavaLangObject() || type.isTypeOrSubTypeOf(TreeNode.class)) {
            throw new IllegalStateException(
                    name(component) + " cannot be @Personal: a caller who names the members of a "
                            + type.getRawClass().getSimpleName() + " could make them look encrypted; use a record");
        }
        if (!personal.erased().isEmpty()) {
            return personal.erased();
        }
        if (type.hasRawClass(String.class)) {
            return '"' + Personal.ERASED + '"';
        }
        if (type.isCollectionLikeType() || type.isArrayType()) {
            return "[]";
        }
        throw new IllegalStateException(name(component)
                + " is @Personal and has to say what it reads as once it is erased, such as @Personal(erased ="
                + " \"null\")");
    }

    private static String name(BeanProperty component) {
        return component.getMember().getDeclaringClass().getName() + "." + component.getName();
    }
}
