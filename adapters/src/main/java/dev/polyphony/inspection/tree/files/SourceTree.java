package dev.polyphony.inspection.tree.files;

/** Files by path, wherever they come from. Paths are relative and have forward slashes. */
public interface SourceTree extends AutoCloseable {
    /** Deeper folders are not entered: no real project has them, and a hostile tree can nest without end. */
    int MAX_DEPTH = 64;

    /** Hands over every regular file in a stable order; follows no links. */
    void readInto(FileCollector intake);

    /** Whether there is a file, folder or link at the path, read or not. */
    boolean has(String path);

    @Override
    default void close() {}
}
