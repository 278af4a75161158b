package dev.polyphony.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateDirectoryTest {
    @TempDir
    private Path temporary;

    @Test
    void closesWhatItMakes() throws IOException {
        assertThat(permissions(PrivateDirectory.make(temporary.resolve("made"))))
                .isEqualTo("rwx------");
    }

    @Test
    void closesAnEmptyDirectory() throws IOException {
        assertThat(permissions(PrivateDirectory.make(open("empty")))).isEqualTo("rwx------");
    }

    @Test
    void leavesADirectoryThatHoldsOtherThingsAsItIs() throws IOException {
        Path directory = open("shared");
        Files.createFile(directory.resolve("of-somebody-else"));
        assertThat(permissions(PrivateDirectory.make(directory))).isEqualTo("rwxr-xr-x");
    }

    private Path open(String name) throws IOException {
        Path directory = Files.createDirectory(temporary.resolve(name));
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String permissions(Path directory) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
    }
}
