package dev.polyphony.providers.embedded;

import dev.polyphony.providers.ContextChunk;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A verbatim piece of the input.
 *
 * @param text one line
 * @param citation how it is cited, such as {@code [F12]}; empty when it comes from no passage
 */
record Sentence(String text, String citation) {
    /** A passage up to this long, on one line, is one fact and stays whole. */
    static final int ONE_FACT = 400;

    /** About 250 word pieces of prose; MiniLM was trained on 256. */
    static final int MAX_LENGTH = 1_000;

    private static final Pattern LINE_BREAK = Pattern.compile("\\R");

    /** The passage's sentences, each cited. */
    static Stream<Sentence> of(ContextChunk passage) {
        String text = passage.text().strip();
        boolean oneFact = text.length() <= ONE_FACT && !LINE_BREAK.matcher(text).find();
        return (oneFact ? Stream.of(text) : split(text))
                .filter(Sentence::hasWords)
                .map(sentence -> new Sentence(sentence, passage.citation()));
    }

    /** The sentences of a text that nobody can cite. */
    static Stream<Sentence> of(String text) {
        return split(text).filter(Sentence::hasWords).map(sentence -> new Sentence(sentence, ""));
    }

    /** Nothing else can be compared with anything. */
    static boolean hasWords(String text) {
        return text.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    /** As it stands in a reply. */
    String line() {
        return citation.isEmpty() ? text : text + " " + citation;
    }

    private static Stream<String> split(String text) {
        return text.lines().flatMap(line -> sentences(line).stream());
    }

    private static List<String> sentences(String line) {
        List<String> sentences = new ArrayList<>();
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(line);
        int from = breaks.first();
        for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
            addPieces(line, from, to, sentences);
            from = to;
        }
        return sentences;
    }

    private static void addPieces(String line, int from, int to, List<String> pieces) {
        int at = from;
        while (to - at > MAX_LENGTH) {
            int cut = cut(line, at);
            pieces.add(line.substring(at, cut).strip());
            at = cut;
        }
        pieces.add(line.substring(at, to).strip());
    }

    /** Behind the last space that leaves a piece short enough; where there is none, between two characters. */
    private static int cut(String line, int at) {
        int space = line.lastIndexOf(' ', at + MAX_LENGTH);
        if (space > at) {
            return space;
        }
        int end = at + MAX_LENGTH;
        return Character.isLowSurrogate(line.charAt(end)) ? end - 1 : end;
    }
}
