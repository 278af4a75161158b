package dev.polyphony.webhooks.signing;

/** A body and the headers that prove it. */
public final class SignedDelivery {
    private final String id;
    private final String timestamp;
    private final String signature;
    private final byte[] body;

    SignedDelivery(String id, String timestamp, String signature, byte[] body) {
        this.id = id;
        this.timestamp = timestamp;
        this.signature = signature;
        this.body = body.clone();
    }

    /** The header {@code webhook-id}. */
    public String id() {
        return id;
    }

    /** The header {@code webhook-timestamp}: Unix seconds. */
    public String timestamp() {
        return timestamp;
    }

    /** The header {@code webhook-signature}: {@code v1,} and base64. */
    public String signature() {
        return signature;
    }

    /** JSON in UTF-8. */
    public byte[] body() {
        return body.clone();
    }
}
