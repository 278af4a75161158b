package dev.polyphony.inspection.tree.files;

/** Files by path, wherever they come from. Paths are relative and have forward slashes. */
public interface SourceTree extends AutoCloseable {
    /** Deeper folders are not entered: no real project has them, and a hostile tree can nest without end. */
    int MAX_DEPTH = 64;

    /** Hands over every regular file in a stable order, and names what it does not enter; follows no links. */
    void readInto(FileCollector intake);

    @Override
    default void close() {}
}
