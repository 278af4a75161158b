package dev.polyphony.providers.client;

import java.util.ArrayList;
import java.util.List;

/** Finds the JSON objects in lines: one in each, one over many, or a list of them that is still being sent. */
final class JsonValues {
    private final StringBuilder open = new StringBuilder();
    private int depth;
    private boolean inText;
    private boolean escaped;

    boolean isOpen() {
        return depth > 0;
    }

    /** What has come of an object that is not complete. */
    String open() {
        return open.toString();
    }

    /** The objects that this line completes. What stands between objects is ignored. */
    List<String> take(String line) {
        List<String> complete = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < line.length(); i++) {
            int before = depth;
            scan(line.charAt(i));
            if (before == 0 && depth > 0) {
                begin = i;
            } else if (before > 0 && depth == 0) {
                complete.add(open.append(line, begin, i + 1).toString());
                open.setLength(0);
            }
        }
        if (depth > 0) {
            open.append(line, begin, line.length()).append('\n');
        }
        return complete;
    }

    private void scan(char c) {
        if (escaped) {
            escaped = false;
        } else if (inText) {
            escaped = c == '\\';
            inText = c != '"';
        } else if (c == '"') {
            inText = depth > 0;
        } else if (c == '{' || (c == '[' && depth > 0)) {
            depth++;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
    }
}
