package dev.polyphony.providers.guard;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a text says in the encodings that models read: base64, hex, URLs, entities, invisible characters, and letters changed for others. */
final class Decodings {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{20,4096}+={0,2}");
    private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2}[ :]?){12,2048}+");
    private static final Pattern BINARY = Pattern.compile("(?:[01]{8} ?){6,2048}+");
    private static final Pattern PERCENT = Pattern.compile("%[0-9a-fA-F]{2}");
    private static final Pattern ENTITY = Pattern.compile("&#(x?)([0-9a-fA-F]{2,6});?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\x{E0020}-\\x{E007E}]{4,}|[\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}]{4,}");
    private static final int MAX_FOUND = 16;
    private static final int TAGS = 0xE0000;
    private static final int SELECTORS = 0xFE00;
    private static final int MORE_SELECTORS = 0xE0100;
    private static final String LEET = "013457@$!";
    private static final String LEET_LETTERS = "oieastasi";

    private Decodings() {}

    /** Texts that were encoded as a whole, each of them readable. */
    static List<String> of(String text) {
        List<String> found = new ArrayList<>();
        collect(BASE64, text, found, Decodings::base64);
        collect(HEX, text, found, part -> utf8(HexFormat.of().parseHex(part.replaceAll("[ :]", ""))));
        collect(BINARY, text, found, Decodings::binary);
        collect(INVISIBLE, text, found, Decodings::invisible);
        if (count(PERCENT, text) >= 4) {
            found.add(PERCENT.matcher(text)
                    .replaceAll(code -> literal(code.group().substring(1), 16)));
        }
        if (count(ENTITY, text) >= 4) {
            found.add(ENTITY.matcher(text)
                    .replaceAll(code -> literal(code.group(2), code.group(1).isEmpty() ? 10 : 16)));
        }
        if (count(ESCAPE, text) >= 4) {
            found.add(ESCAPE.matcher(text).replaceAll(code -> literal(code.group(1), 16)));
        }
        return found.stream().filter(Decodings::isReadable).toList();
    }

    /** The same text by ciphers that keep its length; most are nonsense. */
    static List<String> ciphers(String folded) {
        return List.of(
                rot13(folded),
                new StringBuilder(folded).reverse().toString(),
                letters(folded, LEET, LEET_LETTERS),
                letters(folded, "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba"));
    }

    private static void collect(Pattern form, String text, List<String> found, UnaryOperator<String> decoder) {
        Matcher matcher = form.matcher(text);
        while (found.size() < MAX_FOUND && matcher.find()) {
            try {
                found.add(decoder.apply(matcher.group()));
            } catch (IllegalArgumentException _) {
                // it only looks encoded
            }
        }
    }

    private static String base64(String part) {
        String standard = part.replace('-', '+').replace('_', '/').replace("=", "");
        return utf8(Base64.getDecoder().decode(standard));
    }

    private static String binary(String part) {
        String digits = part.replace(" ", "");
        byte[] bytes = new byte[digits.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(8 * i, 8 * i + 8), 2);
        }
        return utf8(bytes);
    }

    /** Tag characters stand for ASCII, variation selectors for bytes. */
    private static String invisible(String part) {
        StringBuilder text = new StringBuilder();
        part.codePoints().forEach(c -> {
            if (c >= MORE_SELECTORS) {
                text.append((char) (c - MORE_SELECTORS + 16));
            } else {
                text.append((char) (c >= TAGS ? c - TAGS : c - SELECTORS));
            }
        });
        return text.toString();
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new IllegalArgumentException(notText);
        }
    }

    private static String literal(String digits, int radix) {
        int code = Integer.parseInt(digits, radix);
        return Matcher.quoteReplacement(Character.isValidCodePoint(code) ? Character.toString(code) : "");
    }

    private static long count(Pattern pattern, String text) {
        return pattern.matcher(text).results().limit(4).count();
    }

    /** Some words, and hardly anything that is no text. */
    private static boolean isReadable(String text) {
        long good = text.chars().filter(c -> Character.isLetter(c) || c == ' ').count();
        return text.length() >= 8 && text.indexOf(' ') > 0 && good * 10 >= text.length() * 8L;
    }

    private static String rot13(String text) {
        StringBuilder turned = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            turned.append(c >= 'a' && c <= 'z' ? (char) ('a' + (c - 'a' + 13) % 26) : c);
        }
        return turned.toString();
    }

    private static String letters(String text, String from, String to) {
        StringBuilder changed = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int at = from.indexOf(text.charAt(i));
            changed.append(at < 0 ? text.charAt(i) : to.charAt(at));
        }
        return changed.toString().toLowerCase(Locale.ROOT);
    }
}
