package dev.polyphony.workflows.store;

import java.util.Locale;

/** Constants as they are stored: in lower-case words. */
final class StoredEnums {
    private StoredEnums() {}

    static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E read(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }
}
