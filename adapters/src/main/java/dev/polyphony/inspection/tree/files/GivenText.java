package dev.polyphony.inspection.tree.files;

import static dev.polyphony.inspection.SourceProblem.REPOSITORY_TOO_LARGE;

import dev.polyphony.inspection.Quantity;
import java.nio.charset.StandardCharsets;

/** A text that came with a request, as a tree of one file. */
public record GivenText(String text) implements SourceTree {
    /** The path of its only file. */
    public static final String PATH = "text";

    public void admit(SourceLimits limits) {
        int size = bytes().length;
        if (size > limits.fileBytes()) {
            throw REPOSITORY_TOO_LARGE
                    .because("The text has " + Quantity.of(size, "byte") + "; send at most " + limits.fileBytes()
                            + ", or name a repository.")
                    .about("input", size + " bytes", "a text of at most " + limits.fileBytes() + " bytes");
        }
    }

    @Override
    public void readInto(FileCollector intake) {
        intake.take(PATH, bytes());
    }

    private byte[] bytes() {
        return text.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8);
    }
}
