package dev.polyphony.shared.secrets;

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
import java.util.stream.Stream;

/** The rules of the two files beside this class. */
final class SecretRules {
    private static final int COLUMNS = 5;

    private final List<SecretRule> rules;
    private final Keywords keywords;

    private SecretRules(List<SecretRule> rules) {
        this.rules = rules;
        this.keywords = new Keywords(rules.stream().map(SecretRule::keywords).toList());
    }

    static SecretRules load() {
        return new SecretRules(Stream.of("gitleaks.tsv", "own.tsv")
                .flatMap(name -> read(name).stream())
                .toList());
    }

    List<SecretRule> all() {
        return rules;
    }

    /** Those of which the text has a keyword. */
    Stream<SecretRule> matching(String text) {
        BitSet met = keywords.in(text);
        return met.stream().mapToObj(rules::get);
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
