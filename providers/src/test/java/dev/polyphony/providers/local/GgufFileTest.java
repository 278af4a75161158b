package dev.polyphony.providers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufFileTest {
    @TempDir
    Path directory;

    @Test
    void namesTheModelAfterTheFile() {
        assertThat(new GgufFile(Path.of("/models/SmolLM2-135M.Q4_1.gguf")).model())
                .isEqualTo("SmolLM2-135M.Q4_1");
    }

    @Test
    void readsTheTrainedContext() throws IOException {
        Path file = GgufFiles.header(directory.resolve("a.gguf"), 2_048);

        assertThat(new GgufFile(file).trainedContext()).hasValue(2_048);
    }

    @Test
    void knowsNoContextOfAFileThatEndsEarly() throws IOException {
        Path file = GgufFiles.header(directory.resolve("a.gguf"), 2_048);
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 4; length < bytes.length; length += 7) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThat(new GgufFile(file).trainedContext()).isEmpty();
        }
    }

    @Test
    void survivesLengthsThatLie() throws IOException {
        Path file = GgufFiles.header(directory.resolve("a.gguf"), 2_048);
        for (long lie : new long[] {-1, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE}) {
            byte[] bytes = Files.readAllBytes(file);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(24, lie);
            Files.write(file, bytes);
            assertThat(new GgufFile(file).trainedContext()).isEmpty();
        }
    }

    @Test
    void refusesWhatIsNoModel() throws IOException {
        Path file = Files.writeString(directory.resolve("a.gguf"), "<html>404</html>");

        assertThatIOException()
                .isThrownBy(() -> new GgufFile(file).trainedContext())
                .withMessageContaining("a.gguf");
    }
}
