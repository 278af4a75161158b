package dev.polyphony.eventstore.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.shared.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class JacksonJsonValuesTest {
    private final JacksonJsonValues values = new JacksonJsonValues();

    record Letter(int lineCount, Json content) {}

    record Envelope(Json letter) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "\"a\\u0000b\"",
                "1.50",
                "1E+400",
                "123456789012345678901234567890",
                "[]",
                "{\"a\":[1,{\"b\":null}]}"
            })
    void givesBackTheValueToTheLastDigit(String text) {
        Letter letter = new Letter(2, new Json(text));

        assertThat(values.write(letter)).isEqualTo(new Json("{\"line_count\":2,\"content\":" + text + "}"));
        assertThat(values.read(values.write(letter), Letter.class)).isEqualTo(letter);
    }

    @Test
    void readsNothingAsNull() {
        assertThat(values.read(Json.EMPTY, Envelope.class)).isEqualTo(new Envelope(Json.NULL));
    }

    @Test
    void readsWhitespaceAway() {
        assertThat(values.read(new Json("{ \"letter\" : { \"a\" : 1 } }"), Envelope.class))
                .isEqualTo(new Envelope(new Json("{\"a\":1}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "1 2", "{}\",\"other\":1", "{},\"other\":1"})
    void writesNothingThatIsNotOneValue(String text) {
        assertThatThrownBy(() -> values.write(new Envelope(new Json(text)))).isInstanceOf(JacksonException.class);
    }
}
