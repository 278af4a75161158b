package dev.polyphony.identity.users;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a user logs in with: a name or an e-mail address. Upper and lower case are the same.
 *
 * @param value 1 to 254 of {@code A-Z a-z 0-9 . _ @ + -}, a letter or digit first
 */
public record Username(String value) {
    /** A regular expression that every name matches. */
    public static final String FORM = "[A-Za-z0-9][A-Za-z0-9._@+-]{0,253}";

    /** The same rule in words. */
    public static final String RULE = "1 to 254 of A-Z a-z 0-9 . _ @ + -, a letter or digit first";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    public Username {
        if (!PATTERN.matcher(value).matches()) {
            throw UserProblem.USER_INVALID
                    .because("The username must be " + RULE + ".")
                    .about("username", null, RULE);
        }
    }

    /** Whether somebody could be called so. */
    public static boolean isValid(String value) {
        return PATTERN.matcher(value).matches();
    }

    /** The same for all spellings of one name. */
    public String key() {
        return value.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "Username[hidden]";
    }
}
