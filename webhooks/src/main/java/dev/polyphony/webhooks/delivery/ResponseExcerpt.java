package dev.polyphony.webhooks.delivery;

import dev.polyphony.shared.secrets.SecretDetector;
import java.io.IOException;
import okhttp3.Response;

/** The little of what a stranger said that is worth keeping: one line, at most 200 characters, none of them a control. */
final class ResponseExcerpt {
    private static final int CHARACTERS = 200;
    private static final int BYTES = 2048;

    private ResponseExcerpt() {}

    static String of(String text) {
        return SecretDetector.standard()
                .masked(text)
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip()
                .codePoints()
                .limit(CHARACTERS)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static String of(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : of(message);
    }

    /** The beginning of the answer's body after a colon; nothing when it is empty or does not come in time. */
    static String of(Response response) {
        try {
            String text = of(response.peekBody(BYTES).string());
            return text.isEmpty() ? "" : ": " + text;
        } catch (IOException _) {
            return "";
        }
    }
}
