package dev.polyphony.inspection.tree.rules;

import dev.polyphony.inspection.tree.files.TextFile;
import java.util.StringTokenizer;

/** What a text says, sentence by sentence in its own words, and which sentences are too long to follow. */
final class Sentences implements FileRule {
    static final int MAX_WORDS = 40;
    /** Characters of a sentence that are quoted. */
    static final int MAX_QUOTED = 1_000;

    private static final String WITHHELD = "(A sentence that may hold a secret is not repeated.)";

    private final SecretLines secrets;
    private int said;

    Sentences(SecretLines secrets) {
        this.secrets = secrets;
    }

    @Override
    public void look(TextFile file, FindingCollector sightings) {
        Prose.of(file.lines()).stream()
                .filter(block -> block.heading() == 0)
                .forEach(block -> block(file, block, sightings));
    }

    private void block(TextFile file, Prose.Block block, FindingCollector sightings) {
        String text = block.text().replace('\n', ' ');
        int line = block.line();
        int start = 0;
        for (int end : SentenceEnds.in(text)) {
            int lines = (int) block.text()
                    .substring(start, end)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            sightings.step();
            String sentence = text.substring(start, end).strip();
            boolean secret = isSecret(file, line, lines, sightings) || SecretLines.mayBeIn(sentence);
            sentence(file, line, secret ? WITHHELD : sentence, sightings);
            line += lines;
            start = end;
        }
    }

    private void sentence(TextFile file, int line, String sentence, FindingCollector sightings) {
        if (sentence.chars().noneMatch(Character::isLetterOrDigit)) {
            return;
        }
        said++;
        String place = "line " + line + " of the " + file.path();
        sightings.add(new RuleMatch(
                Rule.STATEMENT, file.path(), line, -said, shortened(sentence), "Take " + place + " into account."));
        int words = words(sentence);
        if (words > MAX_WORDS) {
            sightings.add(new RuleMatch(
                    Rule.LONG_SENTENCE,
                    file.path(),
                    line,
                    words,
                    "The sentence in " + place + " has " + words + " words; more than " + MAX_WORDS
                            + " are hard to follow.",
                    "Split the sentence in " + place + " in two."));
        }
    }

    /** Whether one of the lines that the sentence stands on holds a secret. */
    private boolean isSecret(TextFile file, int line, int more, FindingCollector sightings) {
        for (int i = line - 1; i < Math.min(line + more, file.lines().size()); i++) {
            if (secrets.mayBeIn(file, i, sightings::step)) {
                return true;
            }
        }
        return false;
    }

    private static String shortened(String sentence) {
        return sentence.length() <= MAX_QUOTED ? sentence : sentence.substring(0, MAX_QUOTED) + "…";
    }

    static int words(String text) {
        return new StringTokenizer(text).countTokens();
    }
}
