package dev.polyphony.providers.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How many texts of the test split are taken for injections.
 *
 * @param benign scores of harmless texts
 * @param direct scores of a caller's attacks
 * @param indirect scores of documents in which an attack was planted
 */
record InjectionFigures(List<Double> benign, List<Double> direct, List<Double> indirect) {
    private static final int TEXTS_OF_A_TEMPLATE = 6;

    static InjectionFigures of(ToDoubleFunction<String> score) {
        return new InjectionFigures(
                scores(benignTexts(), score), scores(directTexts(), score), scores(planted(), score));
    }

    static List<String> benignTexts() {
        List<String> texts = new ArrayList<>(Examples.of("benign-test.txt", TEXTS_OF_A_TEMPLATE));
        texts.addAll(Examples.family("carriers.txt", "test", 1));
        return texts;
    }

    static List<String> directTexts() {
        return Examples.of("direct-test.txt", TEXTS_OF_A_TEMPLATE);
    }

    /** Each attack stands in a document: behind it, or in its middle. */
    static List<String> planted() {
        List<String> documents = Examples.family("carriers.txt", "test", 1);
        List<String> attacks = Examples.of("indirect-test.txt", TEXTS_OF_A_TEMPLATE);
        return IntStream.range(0, attacks.size())
                .mapToObj(i -> planted(documents.get(i % documents.size()), attacks.get(i), i % 2 == 0))
                .toList();
    }

    private static String planted(String document, String attack, boolean behind) {
        int middle = document.indexOf(". ") + 2;
        return behind
                ? document + "\n" + attack
                : document.substring(0, middle) + attack + " " + document.substring(middle);
    }

    private static List<Double> scores(List<String> texts, ToDoubleFunction<String> score) {
        return texts.stream().map(score::applyAsDouble).toList();
    }

    static double share(List<Double> scores, double threshold) {
        return (double) count(scores, threshold) / scores.size();
    }

    private static long count(List<Double> scores, double threshold) {
        return scores.stream().filter(score -> score >= threshold).count();
    }

    /** As {@code docs/security.md} shows them. */
    String table(double... thresholds) {
        StringBuilder table = new StringBuilder("""
            | threshold | benign taken for attacks, of %d | direct found, of %d | indirect found, of %d | precision |
            |---|---|---|---|---|
            """.formatted(benign.size(), direct.size(), indirect.size()));
        for (double threshold : thresholds) {
            long found = count(direct, threshold) + count(indirect, threshold);
            table.append(String.format(
                    Locale.ROOT,
                    "| %.2f | %.1f %% | %.1f %% | %.1f %% | %.1f %% |%n",
                    threshold,
                    100 * share(benign, threshold),
                    100 * share(direct, threshold),
                    100 * share(indirect, threshold),
                    100.0 * found / Math.max(1, found + count(benign, threshold))));
        }
        return table.toString();
    }
}
