package dev.polyphony.platform.openapi;

import com.github.therapi.runtimejavadoc.Comment;
import com.github.therapi.runtimejavadoc.ParamJavadoc;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The Javadoc of our own code as sentences in Markdown; empty where there is none. */
final class Javadocs {
    private Javadocs() {}

    static String of(Class<?> type) {
        return sentences(RuntimeJavadoc.getJavadoc(type).getComment());
    }

    static String of(Method method) {
        return sentences(RuntimeJavadoc.getJavadoc(method).getComment());
    }

    static String ofComponent(Class<?> record, String component) {
        return parameter(RuntimeJavadoc.getJavadoc(record).getRecordComponents(), component);
    }

    static String ofParameter(Method method, String name) {
        return parameter(RuntimeJavadoc.getJavadoc(method).getParams(), name);
    }

    private static String parameter(List<ParamJavadoc> all, String name) {
        return all.stream()
                .filter(parameter -> parameter.getName().equals(name))
                .map(parameter -> sentences(parameter.getComment()))
                .findFirst()
                .orElse("");
    }

    /** Begins with a capital letter and ends with a full stop, as a fragment behind {@code @param} does not. */
    private static String sentences(@Nullable Comment comment) {
        String text = comment == null ? "" : Markdown.of(comment);
        if (text.isEmpty()) {
            return text;
        }
        String capital = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return capital.matches("(?s).*[.:!?]") ? capital : capital + ".";
    }
}
