package dev.polyphony.identity.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.springframework.security.converter.RsaKeyConverters;

/** Keys that the operator keeps in files. A key is named by its thumbprint (RFC 7638), the same on every node. */
record KeyFiles(JWK signing, List<JWK> verifying) implements TokenKeys {
    private static final int MIN_RSA_BITS = 2048;
    private static final int MIN_SECRET_BYTES = 32;

    /** @param older public keys that verify beside the current one */
    static KeyFiles rsa(Path privateKey, List<Path> older) {
        RSAKey signing = pair(privateKey);
        List<JWK> verifying = new ArrayList<>(List.of(signing));
        older.forEach(file -> verifying.add(publicKey(file)));
        return new KeyFiles(signing, List.copyOf(verifying));
    }

    static KeyFiles secret(Path file) {
        try {
            byte[] secret = Files.readString(file).strip().getBytes(UTF_8);
            if (secret.length < MIN_SECRET_BYTES) {
                throw unusable(
                        file, "it has " + secret.length + " bytes, and HS256 takes at least " + MIN_SECRET_BYTES);
            }
            JWK key = new OctetSequenceKey.Builder(secret)
                    .algorithm(JWSAlgorithm.HS256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint()
                    .build();
            return new KeyFiles(key, List.of(key));
        } catch (IOException | JOSEException failure) {
            throw unreadable(file, failure);
        }
    }

    private static RSAKey pair(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            RSAPrivateKey key = RsaKeyConverters.pkcs8().convert(pem);
            if (!(key instanceof RSAPrivateCrtKey crt)) {
                throw unusable(file, "its public half cannot be told from it");
            }
            return named(file, publicHalf(crt), crt);
        } catch (IllegalArgumentException | UncheckedIOException notPem) {
            throw unusable(
                    file,
                    "it is no PKCS #8 key of RSA in PEM (BEGIN PRIVATE KEY); `openssl pkcs8 -topk8 -nocrypt -in OLD"
                            + " -out NEW` converts others");
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    private static RSAKey publicKey(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            RSAPublicKey key = RsaKeyConverters.x509().convert(pem);
            if (key == null) {
                throw unusable(file, "there is no key in it");
            }
            return named(file, key, null);
        } catch (IllegalArgumentException | UncheckedIOException notPem) {
            throw unusable(file, "it is no public key of RSA in PEM (BEGIN PUBLIC KEY)");
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    static RSAPublicKey publicHalf(RSAPrivateCrtKey key) {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        } catch (NoSuchAlgorithmException | InvalidKeySpecException impossible) {
            throw new IllegalStateException("a private key of RSA has a public half", impossible);
        }
    }

    private static RSAKey named(
            Path file, RSAPublicKey key, @org.jspecify.annotations.Nullable RSAPrivateKey privateKey) {
        if (key.getModulus().bitLength() < MIN_RSA_BITS) {
            throw unusable(file, "it has " + key.getModulus().bitLength() + " bits; use at least " + MIN_RSA_BITS);
        }
        try {
            RSAKey.Builder named = new RSAKey.Builder(key)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint();
            return privateKey == null
                    ? named.build()
                    : named.privateKey(privateKey).build();
        } catch (JOSEException failure) {
            throw unreadable(file, failure);
        }
    }

    private static IllegalArgumentException unusable(Path file, String why) {
        return new IllegalArgumentException("the key in " + file + " cannot be used: " + why);
    }

    private static IllegalArgumentException unreadable(Path file, Exception failure) {
        return new IllegalArgumentException("the key in " + file + " cannot be read: " + failure.getMessage(), failure);
    }
}
