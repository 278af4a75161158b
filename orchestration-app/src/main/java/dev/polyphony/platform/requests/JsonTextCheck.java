package dev.polyphony.platform.requests;

import org.jspecify.annotations.Nullable;

/**
 * Looks at JSON in UTF-8 as it is read, byte by byte: for what the parser lets through although no text can hold it, and for what makes
 * a small body large in memory.
 */
final class JsonTextCheck {
    /** What one value, or the name of one, takes in memory beside its characters. */
    static final int BYTES_PER_VALUE = 64;

    private static final int HEX_DIGITS = 4;
    private static final int HEX = 16;

    private boolean inString;
    private boolean escaped;
    private int hexDigitsMissing;
    private int codeUnit;

    /** A high surrogate came, and its other half has to be next. */
    private boolean halfOpen;

    private int previous;
    private long values;

    /** How many values came by, roughly. */
    long values() {
        return values;
    }

    /** @return what is wrong with the text up to this byte; null when nothing is */
    @Nullable
    String accept(int octet) {
        if (octet == 0) {
            return "The request body has NUL bytes. Send JSON in UTF-8.";
        }
        boolean good = inString ? acceptInString(octet) : acceptOutside(octet);
        previous = octet;
        return good ? null : loneSurrogate();
    }

    /** @return what is wrong when the text ends here; null when nothing is */
    @Nullable
    String end() {
        return halfOpen ? loneSurrogate() : null;
    }

    private static String loneSurrogate() {
        return "The request body has half of a surrogate pair, such as \\ud83d alone, which is no character. Send both"
                + " halves.";
    }

    private boolean acceptOutside(int octet) {
        switch (octet) {
            case '"' -> {
                inString = true;
                values++;
            }
            case '{', '[', ',', ':' -> values++;
            default -> {}
        }
        return true;
    }

    private boolean acceptInString(int octet) {
        if (hexDigitsMissing > 0) {
            return acceptHexDigit(octet);
        }
        if (escaped) {
            escaped = false;
            if (octet == 'u') {
                hexDigitsMissing = HEX_DIGITS;
                codeUnit = 0;
                return true;
            }
            return !halfOpen;
        }
        if (octet == '\\') {
            escaped = true;
            return true;
        }
        if (octet == '"') {
            inString = false;
        }
        // UTF-8 writes a surrogate as ED A0 80 to ED BF BF.
        return !halfOpen && !(previous == 0xED && octet >= 0xA0 && octet <= 0xBF);
    }

    private boolean acceptHexDigit(int octet) {
        codeUnit = codeUnit * HEX + Math.max(0, Character.digit(octet, HEX));
        hexDigitsMissing--;
        if (hexDigitsMissing > 0) {
            return true;
        }
        boolean low = Character.isLowSurrogate((char) codeUnit);
        if (halfOpen != low) {
            return false;
        }
        halfOpen = Character.isHighSurrogate((char) codeUnit);
        return true;
    }
}
