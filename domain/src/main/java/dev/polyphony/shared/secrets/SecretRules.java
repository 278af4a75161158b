package dev.polyphony.shared.secrets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The rules of the two files beside this class. */
final class SecretRules {
    private static final int COLUMNS = 5;

    private final List<SecretRule> rules;
    private final Keywords keywords;

    private SecretRules(List<SecretRule> rules) {
        this.rules = rules;
        List<List<String>> words =
                new ArrayList<>(rules.stream().map(SecretRule::keywords).toList());
        words.add(Assignments.NAMES);
        this.keywords = new Keywords(words);
    }

    static SecretRules load() {
        return new SecretRules(Stream.of("gitleaks.tsv", "own.tsv")
                .flatMap(name -> read(name).stream())
                .toList());
    }

    List<SecretRule> all() {
        return rules;
    }

    /** Whether a word is in the text without which nothing is found in it. */
    boolean mayMatch(String text) {
        return !keywords.in(text).isEmpty();
    }

    /** Looks for what has the form of a vendor's key. */
    void findKeys(String part, int offset, Runnable each, Consumer<SecretMatch> found) {
        keywords.in(part).stream()
                .filter(group -> group < rules.size() && rules.get(group).kind() == SecretMatch.Kind.KEY)
                .forEach(group -> {
                    each.run();
                    rules.get(group).find(part, offset, found);
                });
    }

    /** Looks for what the keywords in a part of a line make possible. */
    void find(String part, int offset, Runnable each, Consumer<SecretMatch> found) {
        BitSet met = keywords.in(part);
        met.stream().forEach(group -> {
            each.run();
            if (group < rules.size()) {
                rules.get(group).find(part, offset, found);
            } else {
                Assignments.find(part, offset, found);
            }
        });
    }

    private static List<SecretRule> read(String name) {
        InputStream file = Objects.requireNonNull(SecretRules.class.getResourceAsStream(name), name);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(SecretRules::rule)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SecretRule rule(String line) {
        String[] parts = line.split("\t", COLUMNS);
        return new SecretRule(
                SecretMatch.Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                parts[1],
                Double.parseDouble(parts[2]),
                List.of(parts[3].split(",", -1)),
                parts[4]);
    }
}
