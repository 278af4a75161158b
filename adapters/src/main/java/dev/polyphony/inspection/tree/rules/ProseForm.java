package dev.polyphony.inspection.tree.rules;

import dev.polyphony.inspection.Quantity;
import dev.polyphony.inspection.tree.files.GivenText;
import dev.polyphony.inspection.tree.files.TextFile;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Headings that nothing follows, and paragraphs that a text says twice. */
final class ProseForm implements FileRule {
    static final int WORDS = 12;

    @Override
    public void look(TextFile file, FindingCollector sightings) {
        if (file.isProse()) {
            List<Prose.Block> blocks = Prose.of(file.lines());
            if (file.isMarkdown() || file.path().equals(GivenText.PATH)) {
                headings(file, blocks, sightings);
            }
            repetitions(file, blocks, sightings);
        }
    }

    private static void headings(TextFile file, List<Prose.Block> blocks, FindingCollector sightings) {
        for (int i = 0; i < blocks.size(); i++) {
            sightings.step();
            Prose.Block block = blocks.get(i);
            if (block.heading() == 0 || !isEmpty(block, i + 1 < blocks.size() ? blocks.get(i + 1) : null)) {
                continue;
            }
            sightings.add(new RuleMatch(
                    Rule.EMPTY_HEADING,
                    file.path(),
                    block.line(),
                    0,
                    file.path() + " line " + block.line() + " is a heading with nothing below it.",
                    "Write the section under line " + block.line() + " of " + file.path() + " or remove its heading."));
        }
    }

    private static boolean isEmpty(Prose.Block heading, Prose.@Nullable Block next) {
        return next == null || (next.heading() > 0 && next.heading() <= heading.heading());
    }

    private static void repetitions(TextFile file, List<Prose.Block> blocks, FindingCollector sightings) {
        Map<String, Integer> firstLines = new HashMap<>();
        for (Prose.Block block : blocks) {
            sightings.step();
            String said = block.text().toLowerCase(Locale.ROOT).replace('\n', ' ');
            int words = Sentences.words(said);
            Integer first = words < WORDS ? null : firstLines.putIfAbsent(said, block.line());
            if (first != null) {
                sightings.add(new RuleMatch(
                        Rule.DUPLICATE_PARAGRAPH,
                        file.path(),
                        block.line(),
                        words,
                        "%s line %d repeats the paragraph of line %d, %s."
                                .formatted(file.path(), block.line(), first, Quantity.of(words, "word")),
                        "Keep line " + first + " or line " + block.line() + " of " + file.path() + ", not both."));
            }
        }
    }
}
