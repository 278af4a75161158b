package dev.polyphony.identity.store.users;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.identity.store.secrets.KeyedDigest;
import dev.polyphony.identity.store.secrets.SealedValue;
import dev.polyphony.identity.users.UserId;
import dev.polyphony.identity.users.Username;
import org.springframework.stereotype.Component;

/** Encrypts what users prove themselves with, and finds names and codes by their digests. */
@Component
class UserSecrets {
    private final SealedValue sealed;
    private final KeyedDigest names;
    private final KeyedDigest codes;

    UserSecrets(DerivedKeys keys) {
        this.sealed = new SealedValue(keys, "polyphony user secrets");
        this.names = new KeyedDigest(keys, "polyphony login names");
        this.codes = new KeyedDigest(keys, "polyphony backup codes");
    }

    byte[] loginKey(Username username) {
        return names.of(username.key());
    }

    byte[] backupCode(UserId userId, String code) {
        return codes.of(userId.toString(), code);
    }

    byte[] encryptPassword(UserId userId, String hash) {
        return sealed.encrypt(hash.getBytes(UTF_8), "password/" + userId);
    }

    byte[] decryptPassword(UserId userId, byte[] encrypted) {
        return sealed.decrypt(encrypted, "password/" + userId);
    }

    /** An offered secret and a confirmed one have the same place: confirming moves it. */
    byte[] encryptTotp(UserId userId, byte[] secret) {
        return sealed.encrypt(secret, "totp/" + userId);
    }

    byte[] decryptTotp(UserId userId, byte[] encrypted) {
        return sealed.decrypt(encrypted, "totp/" + userId);
    }
}
