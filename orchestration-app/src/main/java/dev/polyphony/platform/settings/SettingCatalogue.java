package dev.polyphony.platform.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** Every setting: the names and defaults of ours are read from the records that hold them, those of Spring from its configuration. */
public final class SettingCatalogue {
    private static final String BASE = "dev.polyphony";

    private SettingCatalogue() {}

    /** In the order of their meanings. */
    public static List<Setting> all() {
        Map<String, String> defaults = ours();
        PropertySource<?> configured = configured();
        return SettingNames.load().meanings().entrySet().stream()
                .map(meaning -> new Setting(
                        meaning.getKey(),
                        defaults.getOrDefault(
                                meaning.getKey(), Objects.toString(configured.getProperty(meaning.getKey()), "")),
                        meaning.getValue()))
                .toList();
    }

    /** The defaults of our own settings, by name. */
    static Map<String, String> ours() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        Map<String, String> found = new TreeMap<>();
        scanner.findCandidateComponents(BASE).stream()
                .<Class<?>>map(type -> ClassUtils.resolveClassName(String.valueOf(type.getBeanClassName()), null))
                .filter(Class::isRecord)
                .forEach(type -> collect(
                        type, type.getAnnotation(ConfigurationProperties.class).value(), found));
        return found;
    }

    private static void collect(Class<?> settings, String prefix, Map<String, String> found) {
        for (RecordComponent component : settings.getRecordComponents()) {
            String name = prefix + "." + dashed(component.getName());
            Class<?> type = component.getType();
            if (type.isRecord()) {
                collect(type, name, found);
            } else if (type == Map.class && argument(component, 1).isRecord()) {
                collect(argument(component, 1), name + ".<name>", found);
            } else if (type == Map.class) {
                found.put(name + ".<name>", defaultOf(component, settings));
            } else if (type == List.class && argument(component, 0).isRecord()) {
                collect(argument(component, 0), name + "[<n>]", found);
            } else {
                found.put(name, defaultOf(component, settings));
            }
        }
    }

    private static Class<?> argument(RecordComponent component, int place) {
        Type argument = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[place];
        return (Class<?>) argument;
    }

    private static String defaultOf(RecordComponent component, Class<?> settings) {
        DefaultValue given = Arrays.stream(settings.getDeclaredConstructors()[0].getParameters())
                .filter(parameter -> parameter.getName().equals(component.getName()))
                .map(parameter -> parameter.getAnnotation(DefaultValue.class))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (given != null) {
            return String.join(",", given.value());
        }
        return component.getType() == boolean.class ? "false" : "";
    }

    private static String dashed(String component) {
        return component.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static PropertySource<?> configured() {
        try {
            return new YamlPropertySourceLoader()
                    .load("application", new ClassPathResource("application.yml"))
                    .getFirst();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
