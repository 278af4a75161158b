package dev.polyphony.providers.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaHostTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1:11434 | http://127.0.0.1:11434",
                "http://127.0.0.1:11434 | http://127.0.0.1:11434",
                "http://127.0.0.1:11434/ | http://127.0.0.1:11434",
                "0.0.0.0 | http://127.0.0.1:11434",
                "0.0.0.0:8080 | http://127.0.0.1:8080",
                "http://0.0.0.0:11434 | http://127.0.0.1:11434",
                ":1234 | http://127.0.0.1:1234",
                "localhost | http://localhost:11434",
                "ollama | http://ollama:11434",
                "ollama.example.com:1 | http://ollama.example.com:1",
                "http://ollama.example.com | http://ollama.example.com",
                "HTTPS://ollama.example.com/v/ | https://ollama.example.com/v",
                "https://ollama.example.com:8443 | https://ollama.example.com:8443",
                "::1 | http://[::1]:11434",
                "[::1] | http://[::1]:11434",
                "[::1]:99 | http://[::1]:99",
                ":: | http://[::1]:11434",
                "[::]:11434 | http://[::1]:11434",
                "' 192.168.1.7 ' | http://192.168.1.7:11434",
                "'\"10.0.0.1:1\"' | http://10.0.0.1:1"
            })
    void readsEveryUsualForm(String value, String url) {
        assertThat(OllamaHost.baseUrl(value)).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host", "host:port", "host:99999", "http://user@host", "two words"})
    void refusesWhatIsNone(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OllamaHost.baseUrl(value))
                .withMessageContaining("OLLAMA_HOST");
    }
}
