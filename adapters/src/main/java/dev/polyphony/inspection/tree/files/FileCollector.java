package dev.polyphony.inspection.tree.files;

import static dev.polyphony.inspection.SourceProblem.REPOSITORY_TOO_LARGE;

import dev.polyphony.inspection.Inspection;
import dev.polyphony.inspection.Inspection.SkippedFile;
import dev.polyphony.shared.secrets.SecretDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Lets files in until a limit is reached, leaves out what is not text, and remembers what it left out. */
public final class FileCollector {
    private static final int BINARY_PROBE = 8 * 1024;
    private static final SecretDetector SECRETS = SecretDetector.standard();

    private final SourceLimits limits;
    private final Deadline deadline;
    private final PathIndex paths;
    private final Consumer<TextFile> reader;
    private final List<SkippedFile> named = new ArrayList<>();
    private int entries;
    private int files;
    private long bytes;
    private int skipped;

    /** @param paths told of every file and folder that is met */
    public FileCollector(SourceLimits limits, Deadline deadline, PathIndex paths, Consumer<TextFile> reader) {
        this.limits = limits;
        this.deadline = deadline;
        this.paths = paths;
        this.reader = reader;
    }

    public int files() {
        return files;
    }

    public int skipped() {
        return skipped;
    }

    /** The first that were left out, with the reason. */
    public List<SkippedFile> named() {
        return List.copyOf(named);
    }

    /** Counts a file or folder that was come across; refuses a tree that has too many or takes too long. */
    public void meet(String path) {
        deadline.check();
        entries++;
        if (entries > limits.entries()) {
            throw REPOSITORY_TOO_LARGE.because("The repository has more than " + limits.entries()
                    + " files and folders; inspect a part of it by naming a folder.");
        }
        paths.meet(path);
    }

    /** A folder that is not entered, or a link that is not followed. */
    public void close(String path) {
        paths.close(path);
    }

    /** Whether a file of this size still fits; one that does not is left out. */
    public boolean wants(String path, long size) {
        if (size > limits.fileBytes()) {
            skip(path, "larger than " + limits.fileBytes() + " bytes");
            return false;
        }
        if (files >= limits.files() || bytes + size > limits.textBytes()) {
            skip(path, "beyond the limits on files and text");
            return false;
        }
        return true;
    }

    public void skip(String path, String reason) {
        skipped++;
        if (named.size() < Inspection.MAX_SKIPPED_NAMED) {
            named.add(new SkippedFile(printable(path), reason));
        }
    }

    public void take(String path, byte[] content) {
        if (!wants(path, content.length)) {
            return;
        }
        if (isBinary(content)) {
            skip(path, "binary");
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

    /**
     * As it may be quoted in sentences and stored as JSON: without line ends, other control characters and marks that turn
     * the direction of writing, and without secrets.
     */
    private static String printable(String path) {
        StringBuilder clean = new StringBuilder(path.length());
        path.codePoints().map(c -> isPrintable(c) ? c : '\uFFFD').forEach(clean::appendCodePoint);
        return SECRETS.redactedName(clean.toString());
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
