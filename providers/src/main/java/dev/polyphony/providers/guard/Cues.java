package dev.polyphony.providers.guard;

import com.google.re2j.Pattern;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The cues of the file beside this class. Their expressions run in time linear in the text. */
final class Cues {
    private static final int COLUMNS = 4;
    private static final List<Cue> ALL = read();

    private Cues() {}

    static List<Cue> all() {
        return ALL;
    }

    /** Which of them are in a window of folded text. */
    static BitSet in(String window) {
        BitSet found = new BitSet();
        for (int i = 0; i < ALL.size(); i++) {
            if (ALL.get(i).isIn(window)) {
                found.set(i);
            }
        }
        return found;
    }

    static boolean isAttack(BitSet found) {
        return found.stream().anyMatch(cue -> ALL.get(cue).kind() == Cue.Kind.ATTACK);
    }

    /** How suspicious a window is before the classifier has seen it. */
    static int weight(BitSet found) {
        return found.stream()
                .map(cue -> switch (ALL.get(cue).kind()) {
                    case ATTACK -> 3;
                    case WEAK -> 1;
                    case BENIGN -> 0;
                })
                .sum();
    }

    private static List<Cue> read() {
        InputStream file = Objects.requireNonNull(Cues.class.getResourceAsStream("cues.tsv"), "cues.tsv");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("# "))
                    .map(Cues::cue)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Cue cue(String line) {
        String[] parts = line.split("\t", COLUMNS);
        return new Cue(
                parts[0],
                Cue.Kind.valueOf(parts[1].toUpperCase(Locale.ROOT)),
                List.of(FoldedText.of(parts[2]).split(",", -1)),
                Pattern.compile(parts[3]));
    }
}
