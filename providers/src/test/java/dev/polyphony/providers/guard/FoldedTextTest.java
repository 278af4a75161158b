package dev.polyphony.providers.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ｉｇｎｏｒｅ all | ignore all",
                "𝐈𝐠𝐧𝐨𝐫𝐞 𝓪𝓵𝓵 | ignore all",
                "ig\u200Bno\u00ADre \u202Eall | ignore all",
                "іgnоrе аll | ignore all",
                "i g n o r e   a.l.l. | ignore a.l.l.",
                "i-g-n-o-r-e a_l_l | ignore all",
                "ïgnóré äll | ignore all",
                "ɪɢɴᴏʀᴇ ᴀʟʟ | ignore all",
                "Игнорируй всё | игнорируи все",
                "C# and F.O.O | c# and f.o.o",
            })
    void writesATextWithoutTricks(String text, String folded) {
        assertThat(FoldedText.of(text)).isEqualTo(folded);
    }
}
