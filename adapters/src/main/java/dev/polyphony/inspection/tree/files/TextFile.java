package dev.polyphony.inspection.tree.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A file that holds text.
 *
 * @param path within the source, with forward slashes
 * @param bytes its size
 * @param lines without their ends; what is not UTF-8 is replaced
 */
public record TextFile(String path, long bytes, List<String> lines) {
    private static final int TYPE_LENGTH = 24;
    private static final int HEADER_LINES = 10;

    static TextFile of(String path, byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
        return new TextFile(path, content.length, text.lines().toList());
    }

    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The extension without its dot and in lower case, or the whole name where there is none. */
    public String type() {
        String name = name();
        int dot = name.lastIndexOf('.');
        boolean extension = dot > 0 && dot < name.length() - 1 && name.length() - dot <= TYPE_LENGTH;
        return extension ? name.substring(dot + 1).toLowerCase(Locale.ROOT) : name;
    }

    /** Whether people wrote it in a programming language. What a generator says it made is not theirs to mend. */
    public boolean isCode() {
        return Languages.CODE.contains(type()) && !name().contains(".min.") && !isGenerated();
    }

    public boolean isMarkdown() {
        return Languages.MARKDOWN.contains(type());
    }

    /** Whether it is written for people to read. */
    public boolean isProse() {
        return isMarkdown() || Languages.PROSE.contains(type());
    }

    /** Whether it belongs to the tests, where made-up values and shortcuts are common. */
    public boolean isTest() {
        String lower = path.toLowerCase(Locale.ROOT);
        return Arrays.stream(lower.split("[/.]", -1)).anyMatch(Languages.TEST_NAMES::contains);
    }

    private boolean isGenerated() {
        return lines.stream()
                .limit(HEADER_LINES)
                .map(line -> line.toLowerCase(Locale.ROOT))
                .anyMatch(line -> Languages.GENERATED.stream().anyMatch(line::contains));
    }
}
