package dev.polyphony.providers.guard;

import com.google.re2j.Pattern;
import java.util.List;

/**
 * A turn of phrase that tells something about who is spoken to, and what for.
 *
 * @param words a text in which none of them stands does not match
 */
record Cue(String name, Kind kind, List<String> words, Pattern pattern) {
    /** What it tells. */
    enum Kind {
        /** Hardly ever said but in an attack, or in talk about one. */
        ATTACK,
        /** Usual in attacks and elsewhere. */
        WEAK,
        /** Usual where instructions are discussed, not given. */
        BENIGN
    }

    boolean isIn(String window) {
        for (String word : words) {
            if (window.contains(word)) {
                return pattern.matcher(window).find();
            }
        }
        return false;
    }
}
