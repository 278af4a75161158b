package dev.polyphony.providers.local;

import dev.polyphony.providers.ContextChunk;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.chat.ReplyFormat;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether what a small model writes is of any use: it does not go round in circles, and where it was given facts it names at
 * least one of them, by its number or by a file that it is about.
 */
final class ReplyCheck {
    /** How often a model may say the same sentence. */
    private static final int MAX_SAME = 3;

    /** Within as many characters it names a fact, whether it has come to its end or not. */
    private static final int ENOUGH = 400;

    private static final int MIN_WORDS = 3;
    private static final int MIN_CIRCLE = 120;
    private static final int MAX_PERIOD = 200;
    private static final int MIN_TURNS = 4;
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?](?=\\s)|\\n");
    private static final Pattern NUMBERING = Pattern.compile("^(?:[-*•]|\\d{1,3}[.)])\\s+|\\[[A-Z]\\d{1,6}]");
    private static final Pattern FILE = Pattern.compile("[\\w-][\\w./-]{0,200}\\.[A-Za-z]\\w{0,8}");

    private final List<ContextChunk> given;
    private final boolean prose;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Integer> said = new HashMap<>();
    private int read;
    private String repeated = "";

    ReplyCheck(ModelRequest request) {
        this.given = request.passages();
        this.prose = !(request.format() instanceof ReplyFormat.Json);
    }

    void hear(String piece) {
        text.append(piece);
        if (repeated.isEmpty() && piece.chars().anyMatch(Character::isWhitespace)) {
            sentences();
        }
        if (repeated.isEmpty() && turnsInACircle()) {
            repeated = text.substring(text.length() - MIN_CIRCLE);
        }
    }

    boolean repeats() {
        return !repeated.isEmpty();
    }

    /**
     * What is wrong with the reply; empty when nothing is.
     *
     * @param complete whether the model came to an end; one that was cut off early had no time to come to its facts
     */
    Optional<String> objection(boolean complete) {
        if (repeats()) {
            return Optional.of("it repeats itself: \"" + shortened(repeated) + "\"");
        }
        return prose && !given.isEmpty() && (complete || text.length() >= ENOUGH) && !cites()
                ? Optional.of("it names none of the " + given.size() + " facts that it was given")
                : Optional.empty();
    }

    private void sentences() {
        Matcher end = SENTENCE_END.matcher(text);
        while (end.find(read)) {
            String sentence = text.substring(read, end.end()).strip();
            read = end.end();
            String same = NUMBERING.matcher(sentence).replaceAll("").strip().toLowerCase(Locale.ROOT);
            boolean counts = same.split("\\s+").length >= MIN_WORDS;
            if (counts && said.merge(same, 1, Integer::sum) > MAX_SAME) {
                repeated = sentence;
                return;
            }
            if (read >= text.length()) {
                return;
            }
        }
    }

    /** Whether the end of the text is the same few words or characters several times over. */
    private boolean turnsInACircle() {
        for (int period = 1; period <= MAX_PERIOD; period++) {
            int length = Math.max(MIN_CIRCLE, period * MIN_TURNS);
            if (length <= text.length() && hasPeriod(period, length)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasPeriod(int period, int length) {
        for (int i = text.length() - 1; i >= text.length() - length + period; i--) {
            if (text.charAt(i) != text.charAt(i - period)) {
                return false;
            }
        }
        return true;
    }

    private boolean cites() {
        String reply = text.toString();
        if (given.stream().anyMatch(chunk -> reply.contains(chunk.citation()))) {
            return true;
        }
        Set<String> files = new HashSet<>();
        given.forEach(chunk -> FILE.matcher(chunk.text()).results().forEach(file -> files.add(file.group())));
        return FILE.matcher(reply).results().anyMatch(file -> files.contains(file.group()));
    }

    private static String shortened(String words) {
        return words.length() <= MIN_CIRCLE ? words : words.substring(0, MIN_CIRCLE) + "…";
    }
}
