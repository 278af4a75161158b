package dev.polyphony.inspection.tree.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.nio.file.Files;
import java.nio.file.Path;

/** Tells git's own files from those that people wrote. */
public final class BareRepository {
    private BareRepository() {}

    /** Whether the folder holds git's files themselves rather than a working tree. */
    public static boolean isAt(Path folder) {
        return Files.isRegularFile(folder.resolve("HEAD"))
                && Files.isDirectory(folder.resolve("objects"), NOFOLLOW_LINKS)
                && Files.isDirectory(folder.resolve("refs"), NOFOLLOW_LINKS);
    }
}
