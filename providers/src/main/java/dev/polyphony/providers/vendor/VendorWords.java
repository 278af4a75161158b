package dev.polyphony.providers.vendor;

import dev.polyphony.shared.secrets.SecretDetector;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's words as they may be shown: on one line, short, without what cannot be printed, without secrets (some vendors repeat the
 * key) and without names of Java's classes.
 */
final class VendorWords {
    private static final int EXCERPT = 300;

    /** No pattern looks at more. */
    private static final int MAX_READ = 4_000;

    /** What is shorter is no secret, and may stand in any word. */
    private static final int MIN_KEY_LENGTH = 8;

    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\s\\u2028\\u2029]+");
    private static final Pattern CLASS_NAME = Pattern.compile(
            "\\b(?:[a-z][a-z0-9_]{0,40}\\.){2,12}[A-Z]\\w{0,80}(?:\\$\\w{1,80})*+(?:@[0-9a-f]{1,8})?:? ?");
    private static final Pattern SECRET =
            Pattern.compile("\\b(?:sk|pk|rk|gsk|xai|nvapi|csk|cpk|hf|ghp|github_pat|xox[abprs])[-_][A-Za-z0-9_*.-]{8,}"
                    + "|\\bAIza[A-Za-z0-9_-]{10,}"
                    + "|\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_.-]{8,}"
                    + "|(?i:(?<=\\bbearer )[A-Za-z0-9._~+/=-]{8,})"
                    + "|(?i:(?<=\\b(?:api[-_]?key|token|secret|password|key)[=:])[^\\s&\"',;]{8,})"
                    + "|(?<=://)[^\\s/@:]{1,100}:[^\\s/@]{1,100}(?=@)");

    private final @Nullable String key;

    /** @param key ours for this vendor; null when there is none */
    VendorWords(@Nullable String key) {
        this.key = key;
    }

    String excerpt(@Nullable String text) {
        String words = String.valueOf(text);
        String keyless =
                key == null || key.length() < MIN_KEY_LENGTH ? words : words.replace(key, SecretDetector.REDACTED);
        String some = keyless.length() <= MAX_READ ? keyless : keyless.substring(0, MAX_READ);
        String line = NOT_PRINTABLE.matcher(some).replaceAll(" ").strip();
        String clean = CLASS_NAME
                .matcher(SECRET.matcher(SecretDetector.standard().masked(line))
                        .replaceAll(Matcher.quoteReplacement(SecretDetector.REDACTED)))
                .replaceAll("")
                .strip();
        return clean.length() <= EXCERPT ? clean : clean.substring(0, EXCERPT) + " …";
    }
}
