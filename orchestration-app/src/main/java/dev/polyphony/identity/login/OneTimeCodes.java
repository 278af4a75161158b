package dev.polyphony.identity.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;

/** Codes of a second factor: those that an authenticator app shows (RFC 6238: SHA-1, 6 digits, 30 s), and backup codes. */
public final class OneTimeCodes {
    private static final int BACKUP_CODES = 10;
    private static final int BACKUP_LENGTH = 8;
    private static final String BACKUP_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private static final int SECRET_BYTES = 20;
    private static final List<Integer> STEPS = List.of(0, -1, 1);

    private final TimeBasedOneTimePasswordGenerator codes = new TimeBasedOneTimePasswordGenerator();
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    public OneTimeCodes(Clock clock) {
        this.clock = clock;
    }

    public byte[] newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return secret;
    }

    public List<String> newBackupCodes() {
        return IntStream.range(0, BACKUP_CODES).mapToObj(_ -> newBackupCode()).toList();
    }

    private String newBackupCode() {
        return IntStream.range(0, BACKUP_LENGTH)
                .mapToObj(_ -> String.valueOf(BACKUP_ALPHABET.charAt(random.nextInt(BACKUP_ALPHABET.length()))))
                .collect(Collectors.joining());
    }

    /** As people type it into an app that cannot read the URI. */
    public static String base32(byte[] secret) {
        return Base32.toBase32String(secret).replace("=", "");
    }

    /** What an authenticator app reads, mostly as a QR code. */
    public static String uri(String issuer, String username, byte[] secret) {
        return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=6&period=30"
                .formatted(escaped(issuer), escaped(username), base32(secret), escaped(issuer));
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    public static boolean isBackupCode(String code) {
        return code.length() == BACKUP_LENGTH && code.chars().allMatch(c -> BACKUP_ALPHABET.indexOf(c) >= 0);
    }

    /** The step that the code is of: the current one, the one before or the one after; empty when it is of none. */
    public OptionalLong step(String code, byte[] secret) {
        Instant now = clock.instant();
        OptionalLong found = OptionalLong.empty();
        for (int offset : STEPS) {
            Instant then = now.plus(codes.getTimeStep().multipliedBy(offset));
            boolean same = MessageDigest.isEqual(code(secret, then).getBytes(UTF_8), code.getBytes(UTF_8));
            if (same && found.isEmpty()) {
                found = OptionalLong.of(
                        then.toEpochMilli() / codes.getTimeStep().toMillis());
            }
        }
        return found;
    }

    private String code(byte[] secret, Instant at) {
        Key key = new SecretKeySpec(secret, codes.getAlgorithm());
        try {
            return codes.generateOneTimePasswordString(key, at);
        } catch (InvalidKeyException impossible) {
            throw new IllegalStateException("HMAC takes any key", impossible);
        }
    }
}
