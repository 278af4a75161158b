package dev.polyphony.platform.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of all settings with their meanings, in the order in which they are listed. */
final class SettingNames {
    private static final String FILE = "meanings.properties";
    private static final String SEPARATOR = " = ";

    private final Map<String, String> meanings;

    private SettingNames(Map<String, String> meanings) {
        this.meanings = meanings;
    }

    static SettingNames load() {
        try (InputStream file = Objects.requireNonNull(SettingNames.class.getResourceAsStream(FILE), FILE);
                InputStreamReader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            return new SettingNames(text.readAllAsString()
                    .lines()
                    .filter(line -> line.contains(SEPARATOR) && !line.startsWith("#"))
                    .map(line -> line.split(SEPARATOR, 2))
                    .collect(Collectors.toMap(
                            line -> line[0], line -> line[1], (first, _) -> first, LinkedHashMap::new)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Map<String, String> meanings() {
        return meanings;
    }

    /** Whether such a property is a setting, however its words are parted and written. */
    boolean has(String property) {
        String given = canonical(property);
        return meanings.keySet().stream()
                .anyMatch(name -> pattern(name).matcher(given).matches());
    }

    /** The one whose name differs least, where it differs little. */
    Optional<String> nearest(String property) {
        String given = canonical(property);
        return closest(meanings.keySet(), given)
                .filter(name -> distance(canonical(name), given) <= 1 + given.length() / 5);
    }

    private static Optional<String> closest(Collection<String> names, String given) {
        return names.stream().min(Comparator.comparingInt(name -> distance(canonical(name), given)));
    }

    private static Pattern pattern(String name) {
        return Pattern.compile(Stream.of(name.replace("[<n>]", "<n>").split("<n(?:ame)?>", -1))
                        .map(SettingNames::canonical)
                        .collect(Collectors.joining("[a-z0-9]+"))
                + "[0-9]*");
    }

    private static String canonical(String property) {
        return property.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** After Levenshtein: how many letters have to be put in, left out or replaced. */
    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
