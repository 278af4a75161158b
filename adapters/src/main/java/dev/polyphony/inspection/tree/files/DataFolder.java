package dev.polyphony.inspection.tree.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The server's own folder, with its database, keys and what it fetched: nobody inspects that. */
public record DataFolder(Path path) {
    public DataFolder {
        path = path.toAbsolutePath().normalize();
    }

    /** Whether a place is the folder or lies in it, also by links and by other spellings of its name. */
    boolean holds(Path place) {
        Path real = real();
        if (place.startsWith(path) || (real != null && place.startsWith(real))) {
            return true;
        }
        Path part = place;
        while (part != null && real != null) {
            if (isSame(part, real)) {
                return true;
            }
            part = part.getParent();
        }
        return false;
    }

    private @Nullable Path real() {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            return null; // it does not exist yet, so there is nothing in it
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException _) {
            return false;
        }
    }
}
