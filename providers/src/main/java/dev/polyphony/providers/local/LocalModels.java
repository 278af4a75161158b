package dev.polyphony.providers.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The models that lie as {@code *.gguf} files in one directory. */
public final class LocalModels {
    private static final String EXTENSION = ".gguf";

    private final Path directory;

    /** @param directory need not exist */
    public LocalModels(Path directory) {
        this.directory = directory;
    }

    /** The model files, by name. */
    public List<Path> files() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(LocalModels::isModel)
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the models directory " + directory + " cannot be read", e);
        }
    }

    /** A file as configured: an absolute path, or one relative to the directory, with or without its extension. */
    public Path resolve(String configured) {
        Path file = directory.resolve(configured);
        return Files.isRegularFile(file) ? file : directory.resolve(configured + EXTENSION);
    }

    private static boolean isModel(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(EXTENSION) && Files.isRegularFile(file);
    }
}
