package dev.polyphony.shared.secrets;

import java.util.function.UnaryOperator;

/** The strings of a JSON text. */
final class JsonStrings {
    private JsonStrings() {}

    /** The same JSON with other values of type string; names stay. What is given and taken is escaped as JSON writes it. */
    static String mapValues(String json, UnaryOperator<String> change) {
        StringBuilder changed = new StringBuilder(json.length());
        int at = 0;
        while (at < json.length()) {
            int start = json.indexOf('"', at);
            int end = start < 0 ? -1 : end(json, start);
            if (end < 0) {
                break;
            }
            String text = json.substring(start + 1, end);
            changed.append(json, at, start + 1)
                    .append(isName(json, end) ? text : change.apply(text))
                    .append('"');
            at = end + 1;
        }
        return changed.append(json, at, json.length()).toString();
    }

    /** Where the string ends that begins at that quote; -1 when it does not. */
    private static int end(String json, int start) {
        for (int i = start + 1; i < json.length(); i++) {
            if (json.charAt(i) == '\\') {
                i++;
            } else if (json.charAt(i) == '"') {
                return i;
            }
        }
        return -1;
    }

    private static boolean isName(String json, int end) {
        int next = end + 1;
        while (next < json.length() && Character.isWhitespace(json.charAt(next))) {
            next++;
        }
        return next < json.length() && json.charAt(next) == ':';
    }
}
