package dev.polyphony.providers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.contract.ModelRequests;
import dev.polyphony.shared.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlamaProviderFailureTest {
    @TempDir
    Path directory;

    @Test
    void failsWithAFileThatIsNoModel() throws IOException {
        Path file = Files.writeString(directory.resolve("a.gguf"), "not a model");

        assertThat(rejection(file))
                .hasMessageContainingAll("local", "a.gguf is not a GGUF file")
                .extracting(Rejection::problem)
                .isEqualTo(ProviderProblem.PROVIDER_FAILED);
    }

    @Test
    void failsWithAModelThatIsIncomplete() throws IOException {
        Path file = GgufFiles.header(directory.resolve("a.gguf"), 2_048);

        assertThat(rejection(file).problem()).isEqualTo(ProviderProblem.PROVIDER_FAILED);
    }

    @Test
    void failsWithAFileThatIsGone() {
        assertThat(rejection(directory.resolve("gone.gguf"))).hasMessageContaining("gone.gguf");
    }

    @Test
    void isUnreachableOnceItIsClosed() throws IOException {
        LlamaProvider provider = new LlamaProvider("local", GgufFiles.header(directory.resolve("a.gguf"), 1), 512);
        provider.close();

        assertThat(catchThrowableOfType(Rejection.class, () -> provider.reply(ModelRequests.about("Is anybody there?")))
                        .problem())
                .isEqualTo(ProviderProblem.PROVIDER_UNREACHABLE);
    }

    private static Rejection rejection(Path file) {
        try (LlamaProvider provider = new LlamaProvider("local", file, 512)) {
            return catchThrowableOfType(
                    Rejection.class, () -> provider.reply(ModelRequests.about("Is anybody there?")));
        }
    }
}
