package dev.polyphony.providers.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalModelsTest {
    @TempDir
    Path directory;

    @Test
    void findsModelFilesByName() throws IOException {
        Path second = Files.createFile(directory.resolve("b.GGUF"));
        Path first = Files.createFile(directory.resolve("a.gguf"));
        Files.createFile(directory.resolve("a.gguf.part"));
        Files.createDirectory(directory.resolve("c.gguf"));

        assertThat(new LocalModels(directory).files()).containsExactly(first, second);
    }

    @Test
    void findsNothingInADirectoryThatIsNotThere() {
        assertThat(new LocalModels(directory.resolve("none")).files()).isEmpty();
    }

    @Test
    void resolvesAConfiguredFile() throws IOException {
        Path file = Files.createFile(directory.resolve("a.gguf"));
        LocalModels models = new LocalModels(directory);

        assertThat(models.resolve("a")).isEqualTo(file);
        assertThat(models.resolve("a.gguf")).isEqualTo(file);
        assertThat(models.resolve(file.toString())).isEqualTo(file);
    }
}
