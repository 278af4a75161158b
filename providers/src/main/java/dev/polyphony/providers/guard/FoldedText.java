package dev.polyphony.providers.guard;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a text as it would be written without tricks: compatibility forms, invisible characters, look-alike letters, accents. */
final class FoldedText {
    /** Cyrillic, Greek, Armenian and small-capital letters that look like the Latin ones below them. */
    private static final String LOOK_ALIKES = "аеорсухіѕјԁһӏкмтвнԛԝοαεικνρτυχսոհցᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢıɑɡ";

    private static final String LATIN = "aeopcyxisjdhlkmtbhqwoaeiknptuxunhgabcdefghijklmnoprstuvwyziag";
    private static final Map<Character, Character> FOLDS = folds();
    private static final Pattern ACCENT = Pattern.compile("[\\x{300}-\\x{36F}]");
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cf}\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}\\x{34F}\\x{115F}\\x{3164}]");
    private static final Pattern MIXED_WORD = Pattern.compile("\\p{L}*[a-zᴀ-ᴢʙɢʜɪʟɴʀʏꜰꜱ]\\p{L}*");
    /** Letters with the same sign between them: four where it is usual in texts, three elsewhere. */
    private static final Pattern SPACED_WORD = Pattern.compile("(?<![\\p{L}\\d])(?:\\p{L}([ .])(?:\\p{L}\\1){2,}\\p{L}"
            + "|\\p{L}([*_-])(?:\\p{L}\\2)+\\p{L})(?![\\p{L}\\d])");

    private static final Pattern BETWEEN = Pattern.compile("[ .*_-]");
    private static final Pattern SPACES = Pattern.compile("[^\\S\\n]+");

    private FoldedText() {}

    static String of(String text) {
        String plain = INVISIBLE.matcher(text).replaceAll("");
        String folded = Normalizer.normalize(plain, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        folded = Normalizer.normalize(ACCENT.matcher(folded).replaceAll(""), Normalizer.Form.NFC);
        folded =
                joinSpacedWords(folded.replace("\r\n", "\n").replace('\r', '\n').replace('’', '\''));
        return SPACES.matcher(latinWords(folded)).replaceAll(" ");
    }

    /** {@code i g n o r e} is a word; more than one space, or a line, is between two. */
    private static String joinSpacedWords(String text) {
        return SPACED_WORD
                .matcher(text)
                .replaceAll(word ->
                        Matcher.quoteReplacement(BETWEEN.matcher(word.group()).replaceAll("")));
    }

    /** A word that mixes Latin letters with their look-alikes is meant to be Latin; others stay in their own script. */
    private static String latinWords(String text) {
        if (text.chars().noneMatch(c -> FOLDS.containsKey((char) c))) {
            return text;
        }
        return MIXED_WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(latin(word.group())));
    }

    private static String latin(String word) {
        StringBuilder latin = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            latin.append(FOLDS.getOrDefault(word.charAt(i), word.charAt(i)).charValue());
        }
        return latin.toString();
    }

    private static Map<Character, Character> folds() {
        Map<Character, Character> folds = new HashMap<>();
        for (int i = 0; i < LOOK_ALIKES.length(); i++) {
            folds.put(LOOK_ALIKES.charAt(i), LATIN.charAt(i));
        }
        return Map.copyOf(folds);
    }
}
