package dev.polyphony.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.shared.Rejection;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/** The key that an endpoint's deliveries are signed with. Never logged: {@link #toString()} does not show it. */
public final class SigningSecret {
    private static final String PREFIX = "whsec_";
    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 256;
    private static final int RANDOM_BYTES = 32;

    private final byte[] key;

    private SigningSecret(byte[] key) {
        this.key = key.clone();
    }

    /**
     * The secret that a caller chose: {@code whsec_} and base64 stand for the decoded bytes, any other text for its UTF-8
     * bytes. A text that only looks like the first form is refused: the receiver's library would decode it to another key.
     */
    public static SigningSecret of(String text) {
        int length = text.length();
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw refusal("the secret has " + length + " characters");
        }
        boolean standard = text.startsWith(PREFIX);
        if (!text.equals(text.strip())
                || (!standard && text.toLowerCase(Locale.ROOT).contains(PREFIX))) {
            throw refusal(
                    "the secret begins or ends with white space, or has 'whsec_' elsewhere than at its beginning or not"
                            + " in lower case");
        }
        return new SigningSecret(standard ? decoded(text.substring(PREFIX.length())) : text.getBytes(UTF_8));
    }

    /** A secret that was stored. */
    public static SigningSecret ofKey(byte[] key) {
        return new SigningSecret(key);
    }

    public static SigningSecret random(SecureRandom random) {
        byte[] key = new byte[RANDOM_BYTES];
        random.nextBytes(key);
        return new SigningSecret(key);
    }

    private static byte[] decoded(String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            throw refusal("what follows whsec_ in the secret is not base64");
        }
        if (key.length < MIN_LENGTH) {
            throw refusal("the secret stands for " + key.length + " bytes");
        }
        return key;
    }

    private static Rejection refusal(String sentence) {
        String expected = "8 to 256 characters; after whsec_, base64 of at least 8 bytes";
        return WebhookProblem.WEBHOOK_INVALID
                .because(sentence + "; give " + expected + ", or leave it out to have one drawn")
                .about("secret", "(not repeated here)", expected);
    }

    public byte[] key() {
        return key.clone();
    }

    /** The form that every Standard Webhooks library takes: {@code whsec_} and base64 of the key. */
    public String text() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningSecret that && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return PREFIX + "(hidden)";
    }
}
