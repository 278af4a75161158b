package dev.polyphony.inspection.tree.files;

import static dev.polyphony.inspection.SourceProblem.REPOSITORY_TOO_LARGE;

import java.util.function.Consumer;

/** Lets files in until a limit is reached, leaves out what is not text, and counts what it left out. */
public final class FileCollector {
    private static final int BINARY_PROBE = 8 * 1024;

    private final SourceLimits limits;
    private final Deadline deadline;
    private final Consumer<TextFile> reader;
    private int entries;
    private int files;
    private long bytes;
    private int skipped;

    public FileCollector(SourceLimits limits, Deadline deadline, Consumer<TextFile> reader) {
        this.limits = limits;
        this.deadline = deadline;
        this.reader = reader;
    }

    public int files() {
        return files;
    }

    public int skipped() {
        return skipped;
    }

    /** Counts a file or folder that was come across; refuses a tree that has too many or takes too long. */
    public void meet() {
        deadline.check();
        entries++;
        if (entries > limits.entries()) {
            throw REPOSITORY_TOO_LARGE.because("The repository has more than " + limits.entries()
                    + " files and folders; inspect a part of it by naming a folder.");
        }
    }

    /** Whether a file of this size still fits; one that does not is counted as left out. */
    public boolean wants(long size) {
        boolean fits = size <= limits.fileBytes() && files < limits.files() && bytes + size <= limits.textBytes();
        if (!fits) {
            skip();
        }
        return fits;
    }

    public void skip() {
        skipped++;
    }

    public void take(String path, byte[] content) {
        if (!wants(content.length)) {
            return;
        }
        if (isBinary(content)) {
            skip();
            return;
        }
        files++;
        bytes += content.length;
        reader.accept(TextFile.of(printable(path), content));
    }

    private static boolean isBinary(byte[] content) {
        for (int i = 0; i < Math.min(content.length, BINARY_PROBE); i++) {
            if (content[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Names are quoted in sentences and stored as JSON: control characters must not get there. */
    private static String printable(String path) {
        StringBuilder clean = new StringBuilder(path.length());
        path.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
