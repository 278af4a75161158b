package dev.polyphony.webhooks.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.eventstore.crypto.AesGcm;
import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.webhooks.SigningSecret;
import dev.polyphony.webhooks.Subscription;
import dev.polyphony.webhooks.UnverifiedSubscription;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.stream.Stream;
import javax.crypto.SecretKey;

/**
 * Encrypts signing secrets with AES-256-GCM under a key that is derived from the master key for nothing else. A ciphertext is
 * bound to its endpoint and to where its events go: with another tenant, URL or list of events it cannot be decrypted.
 */
public final class SecretEncryptor {
    private final SecretKey key;

    public SecretEncryptor(DerivedKeys keys) {
        key = keys.forPurpose("polyphony webhook secrets");
    }

    byte[] encrypt(Subscription subscription, SigningSecret secret) {
        return AesGcm.encrypt(key, secret.key(), context(subscription));
    }

    SigningSecret decrypt(Subscription subscription, byte[] encrypted) {
        try {
            return SigningSecret.ofKey(AesGcm.decrypt(key, encrypted, context(subscription)));
        } catch (GeneralSecurityException changed) {
            throw new UnverifiedSubscription(subscription.endpointId(), changed);
        }
    }

    /** Each text after its length, so that no two subscriptions have the same. */
    private static byte[] context(Subscription subscription) {
        ByteArrayOutputStream context = new ByteArrayOutputStream();
        Stream.concat(
                        Stream.of(subscription.endpointId().toString(), subscription.tenant(), subscription.url()),
                        subscription.events().stream())
                .map(text -> text.getBytes(UTF_8))
                .forEach(text -> {
                    context.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                            .putInt(text.length)
                            .array());
                    context.writeBytes(text);
                });
        return context.toByteArray();
    }
}
