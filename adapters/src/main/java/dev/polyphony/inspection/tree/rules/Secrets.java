package dev.polyphony.inspection.tree.rules;

import dev.polyphony.inspection.Quantity;
import dev.polyphony.inspection.tree.files.TextFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Likely secrets. Says where and how long, never what: findings are stored, shown and given to models. */
final class Secrets implements FileRule {
    private static final int KEY_LINE = 32;
    private static final String KEY_HEADER = "-----BEGIN ";
    private static final Pattern KEY_NAME = Pattern.compile("[A-Z ]{0,20}PRIVATE KEY(?: BLOCK)?-----");
    private static final Pattern ASSIGNMENT = Pattern.compile("(?i)(password|passwd|pwd|secret|api[_-]?key|token)"
            + "[\"'\\]]{0,2}\\s{0,8}(=|:=|:|=>)\\s{0,8}[\"']([^\"'\\s]{6,200})[\"']");
    private static final Pattern NAME_ONLY = Pattern.compile("[A-Za-z_.:/-]*+");
    private static final Pattern LETTERS = Pattern.compile("[A-Za-z]++");
    private static final List<String> PLACEHOLDERS =
            List.of("$", "{", "<", "%", "*", "...", "example", "changeme", "placeholder", "your", "dummy", "sample");
    private static final List<String> SECRET_WORDS = List.of("password", "passwd", "pwd", "secret", "token", "key");

    private record Assignment(String name, int length) {}

    @Override
    public void look(TextFile file, FindingCollector sightings) {
        for (int i = 0; i < file.lines().size(); i++) {
            sightings.step();
            String line = file.lines().get(i);
            String place = "line " + (i + 1) + " of " + file.path();
            if (isPrivateKey(file.lines(), i)) {
                sightings.add(sighting(Rule.PRIVATE_KEY, file, i, "holds a private key", "Revoke the key in " + place));
            } else if (!SecretLines.keys(line, sightings::step).isEmpty()) {
                String fact = "holds what looks like a key or token of a vendor, or a URL with a password";
                sightings.add(sighting(Rule.ACCESS_KEY, file, i, fact, "Revoke the key in " + place));
            } else if (!file.isTest()) {
                int number = i;
                assignment(line)
                        .ifPresent(found -> sightings.add(sighting(
                                Rule.PASSWORD_LITERAL,
                                file,
                                number,
                                "gives \"" + found.name() + "\" a literal of "
                                        + Quantity.of(found.length(), "character"),
                                "Change the value in " + place)));
            }
        }
    }

    private static RuleMatch sighting(Rule rule, TextFile file, int index, String fact, String first) {
        String message = file.path() + " line " + (index + 1) + " " + fact + ".";
        String remedy = first + " and read it from the environment or a secret store instead.";
        return new RuleMatch(rule, file.path(), index + 1, 0, message, remedy);
    }

    /** The header alone is also in programs that read keys: a key has its first line after it. */
    private static boolean isPrivateKey(List<String> lines, int index) {
        String line = lines.get(index);
        int at = line.indexOf(KEY_HEADER);
        if (at < 0) {
            return false;
        }
        Matcher name = KEY_NAME.matcher(line).region(at + KEY_HEADER.length(), line.length());
        if (!name.lookingAt()) {
            return false;
        }
        String next = index + 1 < lines.size() ? lines.get(index + 1) : "";
        return hasKeyLine(line.substring(name.end())) || hasKeyLine(next);
    }

    private static boolean hasKeyLine(String text) {
        int run = 0;
        for (int i = 0; i < text.length() && run < KEY_LINE; i++) {
            char c = text.charAt(i);
            boolean base64 = (c < 128 && Character.isLetterOrDigit(c)) || c == '+' || c == '/' || c == '=';
            run = base64 ? run + 1 : 0;
        }
        return run >= KEY_LINE;
    }

    /** Most lines do not, and looking for an assignment in them costs the most. */
    private static boolean isQuoting(String line) {
        return line.indexOf('"') >= 0 || line.indexOf('\'') >= 0;
    }

    private static Optional<Assignment> assignment(String line) {
        if (!isQuoting(line)) {
            return Optional.empty();
        }
        Matcher found = ASSIGNMENT.matcher(line);
        while (found.find()) {
            if (isLiteral(found.group(1), found.group(2), found.group(3))) {
                return Optional.of(new Assignment(found.group(1), found.group(3).length()));
            }
        }
        return Optional.empty();
    }

    /** Not a placeholder, and not the name of something: a value without digits counts for passwords in code only. */
    private static boolean isLiteral(String name, String operator, String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (PLACEHOLDERS.stream().anyMatch(lower::contains)) {
            return false;
        }
        if (!NAME_ONLY.matcher(value).matches()) {
            return true;
        }
        boolean password = name.toLowerCase(Locale.ROOT).startsWith("p");
        return password
                && operator.contains("=")
                && LETTERS.matcher(value).matches()
                && SECRET_WORDS.stream().noneMatch(lower::contains);
    }
}
