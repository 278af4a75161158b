package dev.polyphony.providers.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorWordsTest {
    private final VendorWords words = new VendorWords("our-own-key-1234");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key our-own-key-1234 is wrong | key [redacted] is wrong",
                "Incorrect key sk-proj-abcdefgh12345678 given | Incorrect key [redacted] given",
                "bad AIzaSyA1234567890abcdef | bad [redacted]",
                "Authorization: Bearer abcdefgh.12345678 | Authorization: Bearer [redacted]",
                "see https://user:pass-word@host/x | see https://[redacted]host/x",
                "java.net.UnknownHostException: api.example.com | api.example.com",
                "Cannot construct com.fasterxml.jackson.Foo$Bar: no | Cannot construct no",
                "plain words of api.example.com stay | plain words of api.example.com stay"
            })
    void hidesSecretsAndClasses(String told, String shown) {
        assertThat(words.excerpt(told)).isEqualTo(shown);
    }

    @Test
    void isOneShortLineThatCanBePrinted() {
        assertThat(words.excerpt("a\r\n\u001b[31mb\u202ec\u0000d")).isEqualTo("a [31mb c d");
        assertThat(words.excerpt("x".repeat(10_000))).hasSizeLessThanOrEqualTo(302);
    }
}
