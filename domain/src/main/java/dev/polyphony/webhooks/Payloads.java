package dev.polyphony.webhooks;

import dev.polyphony.webhooks.Deliveries.Claim;

/** Turns what is stored of an event into what may leave the server at this moment. */
public interface Payloads {
    /** @throws RuntimeException when it cannot be decrypted, which says nothing about whether it was erased */
    Payload decrypt(Claim claim);

    /**
     * @param json sent byte for byte
     * @param personal whether a part of it was encrypted, so that no copy of it may be kept, whoever makes it
     */
    record Payload(String json, boolean personal) {}
}
