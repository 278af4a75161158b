package dev.polyphony.identity.idempotency;

import java.util.Arrays;
import java.util.List;

/**
 * How a request was answered.
 *
 * @param headers what its handler set, in order
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its content
public record StoredAnswer(int status, List<Header> headers, byte[] body) {
    /** One line of the head; a name may come more than once. */
    public record Header(String name, String value) {}

    public StoredAnswer {
        headers = List.copyOf(headers);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredAnswer that
                && status == that.status
                && headers.equals(that.headers)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(body) * 31 + status;
    }

    /** Without the body, which may hold a secret. */
    @Override
    public String toString() {
        return "StoredAnswer[%d, %d bytes]".formatted(status, body.length);
    }
}
