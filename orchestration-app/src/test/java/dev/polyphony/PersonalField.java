package dev.polyphony;

import dev.polyphony.shared.Personal;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A personal component of an event, or of a record in it.
 *
 * @param path names from the event's component down, joined by dots; {@code []} follows a list
 */
record PersonalField(String path, RecordComponent component) {
    static List<PersonalField> in(Class<?> event) {
        return below("", event).toList();
    }

    boolean saysWhatItReadsAsOnceErased() {
        Class<?> type = component.getType();
        return !component.getAnnotation(Personal.class).erased().isEmpty()
                || type == String.class
                || Collection.class.isAssignableFrom(type)
                || type.isArray();
    }

    private static Stream<PersonalField> below(String path, Type type) {
        if (type instanceof ParameterizedType list) {
            return Arrays.stream(list.getActualTypeArguments()).flatMap(element -> below(path + "[]", element));
        }
        if (!(type instanceof Class<?> plain)) {
            return Stream.empty();
        }
        if (plain.isSealed()) {
            return Arrays.stream(plain.getPermittedSubclasses()).flatMap(kind -> below(path, kind));
        }
        return plain.isRecord()
                ? Arrays.stream(plain.getRecordComponents()).flatMap(part -> at(path, part))
                : Stream.of();
    }

    private static Stream<PersonalField> at(String path, RecordComponent part) {
        String name = path.isEmpty() ? part.getName() : path + "." + part.getName();
        return part.isAnnotationPresent(Personal.class)
                ? Stream.of(new PersonalField(name, part))
                : below(name, part.getGenericType());
    }
}
