package dev.polyphony.eventstore.checkpoints;

import dev.polyphony.eventstore.chain.StoredHash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Instant;
import java.util.Base64;

/**
 * A node's word that the event at a position had a hash, and so that everything up to it was what it was.
 *
 * @param position from 1
 * @param hash 64 lower-case hexadecimal digits
 * @param time when it was signed
 * @param signature Ed25519 (RFC 8032) over {@link #text}, in base64
 */
public record Checkpoint(long position, String hash, Instant time, String signature) {
    static final String ALGORITHM = "Ed25519";

    static Checkpoint sign(StoredHash stored, Instant time, PrivateKey key) {
        try {
            Signature signing = Signature.getInstance(ALGORITHM);
            signing.initSign(key);
            signing.update(text(stored.position(), stored.hash(), time));
            return new Checkpoint(
                    stored.position(), stored.hash(), time, Base64.getEncoder().encodeToString(signing.sign()));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a checkpoint cannot be signed with this key", broken);
        }
    }

    public boolean isSignedBy(PublicKey key) {
        try {
            Signature checking = Signature.getInstance(ALGORITHM);
            checking.initVerify(key);
            checking.update(text(position, hash, time));
            return checking.verify(Base64.getDecoder().decode(signature));
        } catch (SignatureException | IllegalArgumentException noSignature) {
            return false;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("signatures cannot be checked with this key", broken);
        }
    }

    /** What is signed: four lines in UTF-8, each ended by a line feed. */
    static byte[] text(long position, String hash, Instant time) {
        String text = "polyphony checkpoint 1\n" + position + "\n" + hash + "\n" + time + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
