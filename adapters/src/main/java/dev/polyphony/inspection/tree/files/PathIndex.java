package dev.polyphony.inspection.tree.files;

import java.util.HashSet;
import java.util.Set;

/**
 * The paths that were met while a tree was read: files, folders and links. It keeps a hash of each, since paths of a hostile
 * tree are long, so that a look-up costs as much as the path is long and no more.
 */
public final class PathIndex {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final Set<Long> met = new HashSet<>();
    private final Set<Long> closed = new HashSet<>();

    void meet(String path) {
        met.add(hash(path));
    }

    /** A folder or link of whose content nothing is known. */
    void close(String path) {
        closed.add(hash(path));
    }

    /** Whether there is a file, folder or link at the path, or may be one because nothing is known about its folder. */
    public boolean has(String path) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '/' && closed.contains(hash)) {
                return true;
            }
            hash = (hash ^ path.charAt(i)) * FNV_PRIME;
        }
        return path.isEmpty() || met.contains(hash) || closed.contains(hash);
    }

    private static long hash(String path) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < path.length(); i++) {
            hash = (hash ^ path.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
