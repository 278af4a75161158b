package dev.polyphony.providers.local;

import java.util.regex.Pattern;

/** Text that goes into a chat template. */
final class ChatText {
    /** How the common model families mark turns: ChatML, Llama 3 and Phi, Gemma, Llama 2 and Mistral. */
    private static final Pattern TURN_MARK =
            Pattern.compile("<(?=\\||/?s>|(?:start|end)_of_turn>)|\\[(?=/?(?:INST|SYSTEM_PROMPT)\\])");

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]+");

    private ChatText() {}

    /** The text with a space in every turn mark, so that what a passage says cannot pose as a turn of its own. */
    static String harmless(String text) {
        String printable = CONTROL.matcher(text.replace("\r\n", "\n")).replaceAll(" ");
        return TURN_MARK.matcher(printable).replaceAll("$0 ");
    }
}
