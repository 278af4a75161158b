package dev.polyphony.inspection;

import java.util.List;

/**
 * The facts about a source.
 *
 * @param source what was inspected, as the caller named it; {@code text} for a text
 * @param files text files read
 * @param lines lines in them
 * @param bytes bytes in them
 * @param skippedFiles files left out because they are binary, too large or beyond the limits
 * @param skipped the first 50 of them
 * @param types inventory by file type, largest first
 * @param largestFiles the ten longest files, longest first
 * @param totalFindings findings in the source; more than {@code findings} lists when it was cut
 * @param findings the weightiest findings, at most 200
 */
public record Inspection(
        String source,
        int files,
        long lines,
        long bytes,
        int skippedFiles,
        List<SkippedFile> skipped,
        List<TypeCount> types,
        List<FileSize> largestFiles,
        int totalFindings,
        List<Finding> findings) {
    public static final int MAX_FINDINGS = 200;
    public static final int MAX_SKIPPED_NAMED = 50;

    public Inspection {
        skipped = List.copyOf(skipped);
    }

    /**
     * A file that was left out.
     *
     * @param file path within the source, with forward slashes
     * @param reason why it was left out, such as {@code binary}
     */
    public record SkippedFile(String file, String reason) {}

    /**
     * Files of one type.
     *
     * @param type the extension without its dot, or the whole name where there is none
     * @param files how many there are
     * @param lines lines in them
     * @param bytes bytes in them
     */
    public record TypeCount(String type, int files, long lines, long bytes) {}

    /**
     * A file and how large it is.
     *
     * @param file path within the source, with forward slashes
     * @param lines lines in it
     * @param bytes bytes in it
     */
    public record FileSize(String file, long lines, long bytes) {}
}
