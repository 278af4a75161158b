package dev.polyphony.platform.startup;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** A file or directory that the server needs is not as it should be. */
final class FileAnalyzer extends CauseAnalyzer<FileSystemException> {
    FileAnalyzer() {
        super(FileSystemException.class);
    }

    @Override
    Optional<Explanation> explain(FileSystemException failure, Throwable whole) {
        String file = failure.getFile();
        String user = System.getProperty("user.name");
        return Optional.of(
                switch (failure) {
                    case AccessDeniedException _ ->
                        new Explanation(
                                "the user %s may not read or write %s.".formatted(user, file),
                                "Give it to that user, or choose another place with POLYPHONY_DATA_DIR.");
                    case NoSuchFileException _ ->
                        new Explanation(
                                "there is no %s.".formatted(file),
                                "Put it back, or correct the setting that names it.");
                    case NotDirectoryException _, FileAlreadyExistsException _ ->
                        new Explanation(
                                "%s is no directory.".formatted(file),
                                "Move it away, or choose another place with POLYPHONY_DATA_DIR.");
                    default ->
                        new Explanation(
                                "%s cannot be used (%s).".formatted(file, failure.getReason()),
                                "Free or mend the disk, or choose another place with POLYPHONY_DATA_DIR.");
                });
    }
}
