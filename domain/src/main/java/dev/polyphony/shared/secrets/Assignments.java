package dev.polyphony.shared.secrets;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Values given to something named like a secret, quoted or not, in code, settings and prose. */
final class Assignments {
    /** One of these is in every name that {@link #ASSIGNMENT} takes. */
    static final List<String> NAMES = List.of(
            "passw",
            "passphrase",
            "passcode",
            "passkey",
            "pass_key",
            "pwd",
            "secret",
            "token",
            "key",
            "credential",
            "auth");

    private static final Pattern ASSIGNMENT = Pattern.compile("(?i)"
            + "(password|passwd|passphrase|passwort|passcode|pwd|pass_?key|secret|token"
            + "|(?:api|access|private|signing|encryption)[_ .-]?key|credentials?|auth(?:orization)?\\b)"
            + "([\\w-]{0,30})[\\x22'\\x60\\])>*]{0,4}"
            + "([ \\t]{0,8}(?::=|=>|->|={1,3}|:{1,2}|<-)[ \\t]{0,8}"
            + "|[ \\t]+(?:is|was|lautet|ist)[ \\t]*:?[ \\t]+|[ \\t]+)"
            + "([\\x22'\\x60(\\[*]{0,3})([^\\s\\x22'\\x60]{3,})(.?)");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{.*|\\$\\(.*|\\$[A-Z_][A-Z0-9_]*|\\{\\{.*|<[^>]*>"
            + "|%[A-Za-z_]+%|%[sd]|[*.x\\x{2026}]{3,}|@[A-Za-z_]+@|\\[redacted\\]?");
    private static final Pattern TYPE = Pattern.compile("(?:[A-Za-z_][\\w]*\\.)*[A-Za-z_]\\w*\\(.*");
    private static final Set<String> PROSE = Set.of(
            "required",
            "invalid",
            "optional",
            "missing",
            "string",
            "expired",
            "unknown",
            "null",
            "none",
            "true",
            "false",
            "undefined",
            "secret",
            "password",
            "token",
            "absent",
            "empty",
            "wrong",
            "redacted",
            "hidden",
            "masked");
    private static final int MAX_MATCHES = 100;
    private static final int SHORT_NUMBER = 6;

    private Assignments() {}

    static void find(String line, int offset, Consumer<SecretMatch> found) {
        Matcher matcher = ASSIGNMENT.matcher(line);
        int from = 0;
        for (int i = 0; i < MAX_MATCHES && matcher.find(from); i++) {
            if (isSecret(matcher, line)) {
                int start = offset + matcher.start(5);
                found.accept(new SecretMatch(start, offset + matcher.end(5), SecretMatch.Kind.CONTEXT, "assignment"));
            }
            from = Math.max(matcher.end(3), from + 1);
        }
    }

    private static boolean isSecret(Matcher matcher, String line) {
        String name = matcher.group(1).toLowerCase(Locale.ROOT);
        String operator = matcher.group(3).strip();
        String value = matcher.group(5).replaceFirst("[,;.)\\]}>]+$", "");
        String lower = value.toLowerCase(Locale.ROOT);
        if (value.length() < 3 || VARIABLE.matches(value) || PROSE.contains(lower)) {
            return false;
        }
        boolean number = value.chars().allMatch(Character::isDigit) && value.length() < SHORT_NUMBER;
        if (number && !name.startsWith("pass") && !name.equals("pwd")) {
            return false;
        }
        if (operator.contains("=") || operator.equals("<-")) {
            return !TYPE.matches(value);
        }
        if (operator.isEmpty()) {
            return mixed(value) && !TYPE.matches(value);
        }
        boolean quoted = !matcher.group(4).isEmpty();
        boolean last = line.substring(matcher.end(5)).isBlank();
        return odd(value) || (operator.startsWith(":") && (quoted || last));
    }

    /** Letters and digits: no word of a language. */
    private static boolean mixed(String value) {
        return value.chars().anyMatch(Character::isDigit) && value.chars().anyMatch(Character::isLetter);
    }

    /** With a digit or a character that words do not have inside. */
    private static boolean odd(String value) {
        return value.chars().anyMatch(Character::isDigit)
                || value.chars().anyMatch(c -> "!#$%&*+=?@^_~".indexOf(c) >= 0);
    }
}
