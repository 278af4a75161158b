package dev.polyphony.inspection.tree.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A folder on this machine. What cannot be read is counted as left out. */
final class LocalTree implements SourceTree {
    private final Path top;

    LocalTree(Path top) {
        this.top = top;
    }

    @Override
    public void readInto(FileCollector intake) {
        new Walk(intake).folder(top, "", 0, Ignores.NONE);
    }

    /** Steps from name to name, so that a link inside the tree tells nothing about what lies outside. */
    @Override
    public boolean has(String path) {
        Path place = top;
        try {
            for (String name : path.split("/", -1)) {
                place = place.resolve(name);
                if (Files.isSymbolicLink(place)) {
                    return true;
                }
            }
        } catch (InvalidPathException _) {
            return true; // this machine cannot spell the name, so nothing is known about it
        }
        return Files.exists(place, NOFOLLOW_LINKS);
    }

    private record Walk(FileCollector intake) {
        void folder(Path folder, String prefix, int depth, Ignores above) {
            Ignores ignores = above.within(folder, prefix);
            for (Path entry : entries(folder)) {
                String path = prefix + entry.getFileName();
                try {
                    entry(entry, path, depth, ignores);
                } catch (IOException _) {
                    intake.skip(); // unreadable, or gone since it was listed
                }
            }
        }

        private void entry(Path entry, String path, int depth, Ignores ignores) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class, NOFOLLOW_LINKS);
            if (ignores.cover(path, attributes.isDirectory())) {
                return;
            }
            if (attributes.isRegularFile()) {
                file(entry, path, attributes.size());
            } else if (attributes.isDirectory() && depth < MAX_DEPTH && !SkippedFolders.skips(path)) {
                folder(entry, path + "/", depth + 1, ignores);
            }
        }

        private void file(Path file, String path, long size) throws IOException {
            if (!intake.wants(size)) {
                return;
            }
            try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
                intake.take(path, in.readNBytes(Math.toIntExact(size)));
            }
        }

        private List<Path> entries(Path folder) {
            List<Path> entries = new ArrayList<>();
            try (DirectoryStream<Path> listing = Files.newDirectoryStream(folder)) {
                for (Path entry : listing) {
                    intake.meet();
                    entries.add(entry);
                }
            } catch (IOException | DirectoryIteratorException _) {
                intake.skip();
            }
            entries.sort(Comparator.comparing(entry -> entry.getFileName().toString()));
            return entries;
        }
    }
}
