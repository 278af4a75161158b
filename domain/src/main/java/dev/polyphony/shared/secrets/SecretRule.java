package dev.polyphony.shared.secrets;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One form of a secret. Its expression runs in time linear in the text, whatever the text is. */
final class SecretRule {
    private static final int MAX_MATCHES = 100;

    private final SecretMatch.Kind kind;
    private final String id;
    private final double entropy;
    private final List<String> keywords;
    private final String expression;
    /** Compiled when a keyword is met first; compiling twice does no harm. */
    private @Nullable Pattern pattern;

    /**
     * @param entropy the least bits for each character of what it finds
     * @param keywords in lower case; a line without any of them has no match
     */
    SecretRule(SecretMatch.Kind kind, String id, double entropy, List<String> keywords, String expression) {
        this.kind = kind;
        this.id = id;
        this.entropy = entropy;
        this.keywords = List.copyOf(keywords);
        this.expression = expression;
    }

    SecretMatch.Kind kind() {
        return kind;
    }

    List<String> keywords() {
        return keywords;
    }

    void find(String line, int offset, Consumer<SecretMatch> found) {
        Matcher matcher = pattern().matcher(line);
        for (int i = 0; i < MAX_MATCHES && matcher.find(); i++) {
            int group = secretGroup(matcher);
            String secret = matcher.group(group);
            if (Entropy.of(secret) >= entropy && !secret.endsWith("EXAMPLE")) {
                found.accept(new SecretMatch(offset + matcher.start(group), offset + matcher.end(group), kind, id));
            }
        }
    }

    Pattern pattern() {
        Pattern compiled = pattern;
        if (compiled == null) {
            compiled = Pattern.compile(expression);
            pattern = compiled;
        }
        return compiled;
    }

    /** The first group that took part, or the whole. */
    private static int secretGroup(Matcher matcher) {
        int group = 1;
        while (group <= matcher.groupCount()
                && (matcher.group(group) == null || matcher.group(group).isEmpty())) {
            group++;
        }
        return group <= matcher.groupCount() ? group : 0;
    }
}
