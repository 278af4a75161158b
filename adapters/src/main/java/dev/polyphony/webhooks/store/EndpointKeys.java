package dev.polyphony.webhooks.store;

import dev.polyphony.postgres.DerivedKeys;
import dev.polyphony.webhooks.WebhookEndpointId;
import org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor;
import org.springframework.security.crypto.encrypt.BytesEncryptor;

/**
 * Gives each endpoint its own AES-256-GCM cipher, whose key is derived from the master key and the endpoint's id: a secret
 * that is copied to another endpoint's row cannot be decrypted.
 */
public final class EndpointKeys {
    private final DerivedKeys keys;

    public EndpointKeys(DerivedKeys keys) {
        this.keys = keys;
    }

    BytesEncryptor cipher(WebhookEndpointId endpointId) {
        return AesGcmBytesEncryptor.withSecretKey(keys.forPurpose("polyphony webhook secret " + endpointId))
                .build();
    }
}
