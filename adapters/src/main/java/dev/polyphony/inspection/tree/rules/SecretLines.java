package dev.polyphony.inspection.tree.rules;

import dev.polyphony.inspection.tree.files.TextFile;
import dev.polyphony.shared.secrets.SecretDetector;
import dev.polyphony.shared.secrets.SecretMatch;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which lines of the file that is looked at hold a secret. The rules of one inspection share it. */
final class SecretLines {
    private static final SecretDetector SECRETS = SecretDetector.standard();

    private @Nullable TextFile file;
    private BitSet marked = new BitSet();
    private BitSet read = new BitSet();

    /** Whether nothing of a line may be quoted. Each line is read once. */
    @SuppressWarnings("ReferenceEquality") // the same file, not one whose thousand lines are equal
    boolean mayBeIn(TextFile looked, int index, Runnable each) {
        if (looked != file) {
            file = looked;
            marked = SECRETS.privateKeyLines(looked.lines());
            read = new BitSet();
        }
        if (!marked.get(index) && !read.get(index)) {
            marked.set(index, !SECRETS.matches(looked.lines().get(index), each).isEmpty());
            read.set(index);
        }
        return marked.get(index);
    }

    /** Whether nothing of a part of a text, or of a name, may be quoted. */
    static boolean mayBeIn(String text) {
        return SECRETS.marks(text);
    }

    /** What has the form of a vendor's key. */
    static List<SecretMatch> keys(String line, Runnable each) {
        return SECRETS.keys(line, each);
    }
}
