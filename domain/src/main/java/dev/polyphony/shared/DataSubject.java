package dev.polyphony.shared;

import java.util.regex.Pattern;

/**
 * Whom data is about, and who may therefore have it erased. An event that has {@link Personal} components names its
 * subject in one component of this type. A command that brings personal data has one too: it is refused when the subject
 * was erased before.
 *
 * @param id 1 to 200 of {@code A-Z a-z 0-9 . _ : @ + -}, a letter or digit first. It stays in the history for ever, so it
 *     should be a number or a random id and not a name
 */
public record DataSubject(TenantId tenant, String id) {
    /** A regular expression that every id matches. */
    public static final String FORM = "[A-Za-z0-9][A-Za-z0-9._:@+-]{0,199}";

    /** The same rule in words. */
    public static final String RULE = "1 to 200 of A-Z a-z 0-9 . _ : @ + -, a letter or digit first";

    private static final Pattern ID = Pattern.compile(FORM);

    public DataSubject {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("the id of a data subject is " + RULE + ", not '" + id + "'");
        }
    }

    @Override
    public String toString() {
        return tenant + "/" + id;
    }
}
