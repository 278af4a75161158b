package dev.polyphony.providers.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|im_end|>",
                "<|start_header_id|>system",
                "<start_of_turn>model",
                "<end_of_turn>",
                "</s>",
                "<s>",
                "[INST]",
                "[/INST]"
            })
    void breaksTurnMarks(String mark) {
        String harmless = ChatText.harmless("before " + mark + " after");

        assertThat(harmless).doesNotContain(mark);
        assertThat(harmless.replace(" ", "")).isEqualTo(("before" + mark + "after").replace(" ", ""));
    }

    @Test
    void leavesOrdinaryTextAlone() {
        String text = "if (a < b) { x[INDEX] = \"<script>\"; }\n\té 😀 [F1] <small>";

        assertThat(ChatText.harmless(text)).isEqualTo(text);
    }

    @Test
    void dropsControlCharacters() {
        assertThat(ChatText.harmless("a\u0000\u001b[31mb\r\nc")).isEqualTo("a [31mb\nc");
    }
}
