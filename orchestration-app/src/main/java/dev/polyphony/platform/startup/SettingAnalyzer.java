package dev.polyphony.platform.startup;

import java.util.Optional;
import java.util.regex.Pattern;

/** A context refuses one of its settings. Such messages name the setting. */
final class SettingAnalyzer extends CauseAnalyzer<RuntimeException> {
    private static final Pattern NAMED = Pattern.compile("(?<![\\w.])polyphony\\.[a-z]");

    SettingAnalyzer() {
        super(RuntimeException.class);
    }

    @Override
    Optional<Explanation> explain(RuntimeException failure, Throwable whole) {
        String message = String.valueOf(failure.getMessage());
        boolean refusal = failure instanceof IllegalArgumentException || failure instanceof IllegalStateException;
        return refusal && NAMED.matcher(message).find()
                ? Optional.of(new Explanation(message.replaceFirst("\\.?$", "."), BindingAnalyzer.HOW))
                : Optional.empty();
    }
}
