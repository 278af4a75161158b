package dev.polyphony.providers.structured;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression of a stranger, which gives up instead of searching for ages. */
final class BoundedPattern implements RegularExpression {
    private static final int MAX_STEPS = 2_000_000;

    private final Pattern pattern;

    private BoundedPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    static BoundedPattern of(String pattern) {
        try {
            return new BoundedPattern(Pattern.compile(pattern));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'%s' is not a regular expression".formatted(pattern), e);
        }
    }

    @Override
    public boolean matches(String text) {
        return pattern.matcher(new Steps(text)).find();
    }

    /** A text that can be looked at so many times. */
    private static final class Steps implements CharSequence {
        private final CharSequence text;
        private int steps;

        Steps(CharSequence text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++steps > MAX_STEPS) {
                throw new IllegalArgumentException("a pattern of the schema takes too long");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
