package dev.polyphony.eventstore.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polyphony.shared.DataSubject;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * What is stored in place of a personal value: a JSON object whose first member no record can have, where callers can only
 * put texts.
 *
 * @param algorithm of {@link FieldCipher}
 * @param subject whose key it takes
 * @param key version of that key; null when the subject was erased before the value came, which was then not stored at all
 * @param data the value as JSON in UTF-8, encrypted, in base64url without padding; null like the key
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EncryptedField(
        @JsonProperty(MARK) String algorithm,
        DataSubject subject,
        @Nullable Integer key,
        @Nullable String data) {
    private static final String MARK = "@encrypted";

    EncryptedField {
        if (subject == null) {
            throw new IllegalArgumentException("there is encrypted data that does not say whose it is");
        }
    }

    static boolean is(JsonNode node) {
        return node.has(MARK);
    }

    /**
     * What the ciphertext is bound to. Each part is on a line of its own and none can hold a line break.
     *
     * @param place what it is a part of: the event's name, or the row of a read model
     * @param at where in it
     */
    static byte[] context(FieldCipher cipher, String place, JsonPointer at, DataSubject subject, int key) {
        return String.join(
                        "\n",
                        "polyphony encrypted field",
                        cipher.algorithm(),
                        subject.toString(),
                        String.valueOf(key),
                        place,
                        at.toString())
                .getBytes(UTF_8);
    }
}
