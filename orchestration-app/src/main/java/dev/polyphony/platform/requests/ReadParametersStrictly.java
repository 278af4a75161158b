package dev.polyphony.platform.requests;

import java.beans.PropertyEditorSupport;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.util.NumberUtils;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Reads numbers in queries, paths and headers as JSON writes them: the digits 0 to 9 without plus sign, space or leading zero; and ids in
 * full. Spring also takes {@code 0x10}, {@code #10}, {@code +5}, the digits of other scripts, and {@code 1-2-3-4-5} for an id. These are
 * editors because a binder asks Spring's own ones when a converter has refused a text.
 */
@ControllerAdvice
class ReadParametersStrictly {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final List<Type<?>> TYPES = List.of(
            Type.number(Integer.class),
            new Type<>(int.class, text -> number(text, Integer.class)),
            Type.number(Long.class),
            new Type<>(long.class, text -> number(text, Long.class)),
            Type.number(Double.class),
            new Type<>(double.class, text -> number(text, Double.class)),
            new Type<>(UUID.class, ReadParametersStrictly::id));

    @InitBinder
    void register(WebDataBinder binder) {
        TYPES.forEach(type -> binder.registerCustomEditor(type.java(), new Reader(type.read())));
    }

    private static <T extends Number> T number(String text, Class<T> type) {
        if (!NUMBER.matcher(text).matches()) {
            throw new NumberFormatException("not a decimal number");
        }
        return NumberUtils.parseNumber(text, type);
    }

    private static UUID id(String text) {
        UUID id = UUID.fromString(text);
        if (!id.toString().equals(text.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not an id in full");
        }
        return id;
    }

    private record Type<T>(Class<?> java, Function<String, T> read) {
        static <T extends Number> Type<T> number(Class<T> type) {
            return new Type<>(type, text -> ReadParametersStrictly.number(text, type));
        }
    }

    /** An empty text is no value, as everywhere in Spring. */
    private static final class Reader extends PropertyEditorSupport {
        private final Function<String, ?> read;

        private Reader(Function<String, ?> read) {
            this.read = read;
        }

        @Override
        public void setAsText(String text) {
            setValue(text.isEmpty() ? null : read.apply(text));
        }
    }
}
