package dev.polyphony.inspection.tree.rules;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The targets of relative links and images in one line of Markdown, without their fragments and outside code spans. */
final class MarkdownLinks {
    private static final int MAX_TARGET = 300;

    private MarkdownLinks() {}

    /** @param most how many brackets are looked at */
    static List<String> in(String line, int most) {
        List<String> targets = new ArrayList<>();
        boolean code = false;
        for (int i = 0; i < line.length() && targets.size() < most; i++) {
            code ^= line.charAt(i) == '`';
            if (!code && line.startsWith("](", i)) {
                targets.add(target(line, i + 2));
            }
        }
        return targets.stream()
                .map(MarkdownLinks::withoutFragment)
                .filter(MarkdownLinks::isRelative)
                .map(MarkdownLinks::decoded)
                .toList();
    }

    /** Up to a blank or the bracket that closes the link; empty when the line ends before. */
    private static String target(String line, int from) {
        boolean pointed = line.startsWith("<", from);
        int start = pointed ? from + 1 : from;
        int depth = 0;
        for (int i = start; i < Math.min(line.length(), start + MAX_TARGET); i++) {
            char c = line.charAt(i);
            boolean ends = pointed ? c == '>' : c == ' ' || (c == ')' && depth == 0);
            if (ends) {
                return line.substring(start, i);
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return "";
    }

    private static String withoutFragment(String target) {
        String path = target.substring(0, end(target, '#'));
        return path.substring(0, end(path, '?'));
    }

    private static int end(String target, char from) {
        int at = target.indexOf(from);
        return at < 0 ? target.length() : at;
    }

    /** Not to another server, not by another scheme, no bare mail address and no template that something fills in. */
    private static boolean isRelative(String target) {
        return !target.isBlank()
                && !target.startsWith("//")
                && !target.contains(":")
                && (!target.contains("@") || target.contains("/"))
                && !target.contains("{")
                && !target.contains("$");
    }

    private static String decoded(String target) {
        try {
            return URLDecoder.decode(target.replace("+", "%2B"), StandardCharsets.UTF_8)
                    .replace('\0', '\uFFFD');
        } catch (IllegalArgumentException _) {
            return target;
        }
    }
}
