package dev.polyphony.inspection.tree.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A folder on this machine. What cannot be read is counted as left out. */
final class LocalTree implements SourceTree {
    private static final String UNREADABLE = "unreadable";

    private final Path top;
    private final DataFolder data;

    /** @param data never entered */
    LocalTree(Path top, DataFolder data) {
        this.top = top;
        this.data = data;
    }

    @Override
    public void readInto(FileCollector intake) {
        new Walk(intake, data).folder(top, "", 0, Ignores.NONE);
    }

    private record Walk(FileCollector intake, DataFolder data) {
        void folder(Path folder, String prefix, int depth, Ignores above) {
            Ignores ignores = above.within(folder, prefix);
            for (Path entry : entries(folder, prefix)) {
                String path = prefix + entry.getFileName();
                try {
                    entry(entry, path, depth, ignores);
                } catch (IOException _) {
                    intake.skip(path, UNREADABLE); // or gone since it was listed
                }
            }
        }

        private void entry(Path entry, String path, int depth, Ignores ignores) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class, NOFOLLOW_LINKS);
            if (attributes.isSymbolicLink() || ignores.cover(path, attributes.isDirectory())) {
                intake.close(path);
            } else if (attributes.isRegularFile()) {
                file(entry, path, attributes.size());
            } else if (attributes.isDirectory()) {
                if (depth < MAX_DEPTH
                        && !SkippedFolders.skips(path)
                        && !data.holds(entry)
                        && !BareRepository.isAt(entry)) {
                    folder(entry, path + "/", depth + 1, ignores);
                } else {
                    intake.close(path);
                }
            }
        }

        private void file(Path file, String path, long size) throws IOException {
            if (!intake.wants(path, size)) {
                return;
            }
            try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
                intake.take(path, in.readNBytes(Math.toIntExact(size)));
            }
        }

        private List<Path> entries(Path folder, String prefix) {
            List<Path> entries = new ArrayList<>();
            try (DirectoryStream<Path> listing = Files.newDirectoryStream(folder)) {
                for (Path entry : listing) {
                    intake.meet(prefix + entry.getFileName());
                    entries.add(entry);
                }
            } catch (IOException | DirectoryIteratorException _) {
                intake.skip(prefix.isEmpty() ? "." : prefix, UNREADABLE);
            }
            entries.sort(Comparator.comparing(entry -> entry.getFileName().toString()));
            return entries;
        }
    }
}
