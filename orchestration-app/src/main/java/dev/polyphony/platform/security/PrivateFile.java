package dev.polyphony.platform.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that only its owner can read. */
public final class PrivateFile {
    private PrivateFile() {}

    /** Writes the file whole or not at all, also when the process dies meanwhile; its directories are made. */
    public static void write(Path file, String text) throws IOException {
        Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path whole = Files.writeString(Files.createTempFile(directory, ".new-", "", ownerOnly), text + "\n");
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
