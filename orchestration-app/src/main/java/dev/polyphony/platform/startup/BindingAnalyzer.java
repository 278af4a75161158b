package dev.polyphony.platform.startup;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** A setting has a value that is none, or one beyond its limits. */
final class BindingAnalyzer extends CauseAnalyzer<BindException> {
    static final String HOW = "Correct it, or leave it out; `polyphony settings` lists every setting with its default.";

    private final Environment settings;

    BindingAnalyzer(Environment settings) {
        super(BindException.class);
        this.settings = settings;
    }

    @Override
    Optional<Explanation> explain(BindException failure, Throwable whole) {
        return Optional.of(new Explanation(
                causes(failure)
                        .filter(BindValidationException.class::isInstance)
                        .map(BindValidationException.class::cast)
                        .findFirst()
                        .map(this::beyondLimits)
                        .orElseGet(() -> noValue(failure)),
                HOW));
    }

    private String beyondLimits(BindValidationException invalid) {
        String prefix = invalid.getValidationErrors().getName().toString();
        return invalid.getValidationErrors().getAllErrors().stream()
                        .map(error -> beyondLimits(prefix, error))
                        .collect(Collectors.joining("; "))
                + ".";
    }

    private String beyondLimits(String prefix, ObjectError error) {
        if (!(error instanceof FieldError field)) {
            return prefix + " " + error.getDefaultMessage();
        }
        String name = prefix + "." + dashed(field.getField().replaceFirst("Usable$", ""));
        return "%s is %s%s, but %s"
                .formatted(name, written(name, field), where(Origin.from(field)), field.getDefaultMessage());
    }

    /** As the operator wrote it, where that can be found. */
    private String written(String name, FieldError field) {
        String written = settings.getProperty(name);
        return written == null ? String.valueOf(field.getRejectedValue()) : "'" + written + "'";
    }

    private static String noValue(BindException failure) {
        ConfigurationProperty property = failure.getProperty();
        Class<?> type = failure.getTarget().getType().toClass();
        String value =
                property == null ? "" : " is '%s'%s,".formatted(property.getValue(), where(property.getOrigin()));
        return failure.getName() + value + " which is " + kind(type) + ".";
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ", "none of ", ""));
        }
        if (type == Duration.class) {
            return "no duration such as 500ms, 10s or 5m";
        }
        if (type == DataSize.class) {
            return "no size such as 64KB or 16MB";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "neither true nor false";
        }
        return type.isPrimitive() || Number.class.isAssignableFrom(type) ? "no number" : "no such value";
    }

    private static String where(@Nullable Origin origin) {
        if (origin == null) {
            return "";
        }
        if (!(origin instanceof PropertySourceOrigin source)) {
            return " (" + origin + ")";
        }
        return switch (source.getPropertySource().getName()) {
            case "commandLineArgs" -> " (on the command line)";
            case "systemEnvironment" -> " (%s in the environment)".formatted(source.getPropertyName());
            default -> source.getOrigin() == null ? "" : " (" + source.getOrigin() + ")";
        };
    }

    private static String dashed(String field) {
        return field.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
