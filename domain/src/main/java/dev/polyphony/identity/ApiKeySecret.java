package dev.polyphony.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * The key itself, as the caller sends it; it is stored nowhere. {@code ply_live_}, 30 random characters of base62 (178 bits) and 6 that
 * are the CRC32 of those in base62, so that a mistyped one is noticed without looking for it, and a leaked one by whoever scans texts.
 */
public record ApiKeySecret(String value) {
    /** What every generated key begins with. */
    public static final String PREFIX = "ply_live_";

    /** The least length of a key that somebody chose. */
    public static final int MIN_CHOSEN = 32;

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM = 30;
    private static final int CHECK = 6;

    public static ApiKeySecret generate(SecureRandom random) {
        String drawn = random.ints(RANDOM, 0, DIGITS.length())
                .mapToObj(index -> String.valueOf(DIGITS.charAt(index)))
                .collect(Collectors.joining());
        return new ApiKeySecret(PREFIX + drawn + checksum(drawn));
    }

    /** Whether it can be a key at all: a generated one with the right checksum, or a chosen one that is long enough. */
    public boolean isWellFormed() {
        if (!value.startsWith(PREFIX)) {
            return value.length() >= MIN_CHOSEN;
        }
        String rest = value.substring(PREFIX.length());
        return rest.length() == RANDOM + CHECK
                && rest.chars().allMatch(each -> DIGITS.indexOf(each) >= 0)
                && rest.endsWith(checksum(rest.substring(0, RANDOM)));
    }

    /** Six digits of base62 are enough for 32 bits. */
    private static String checksum(String drawn) {
        CRC32 crc = new CRC32();
        crc.update(drawn.getBytes(US_ASCII));
        char[] digits = new char[CHECK];
        long left = crc.getValue();
        for (int place = CHECK - 1; place >= 0; place--) {
            digits[place] = DIGITS.charAt((int) (left % DIGITS.length()));
            left /= DIGITS.length();
        }
        return new String(digits);
    }

    @Override
    public String toString() {
        return "ApiKeySecret[hidden]";
    }
}
