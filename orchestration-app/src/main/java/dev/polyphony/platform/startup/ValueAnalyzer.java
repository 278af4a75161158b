package dev.polyphony.platform.startup;

import java.util.Optional;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** A setting of Spring's own has a value that is none. */
final class ValueAnalyzer extends CauseAnalyzer<InvalidConfigurationPropertyValueException> {
    ValueAnalyzer() {
        super(InvalidConfigurationPropertyValueException.class);
    }

    @Override
    Optional<Explanation> explain(InvalidConfigurationPropertyValueException failure, Throwable whole) {
        return Optional.of(new Explanation(
                "%s is '%s' (%s).".formatted(failure.getName(), failure.getValue(), failure.getReason()),
                BindingAnalyzer.HOW));
    }
}
