package dev.polyphony.providers.guard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts of a file beside this class. Each line is a template: {@code [[a|b]]} is one of several, {@code \n} a line end. A line
 * that begins with {@code # } and a name opens a family of templates.
 */
final class Examples {
    private static final Pattern CHOICE = Pattern.compile("\\[\\[(.*?)]](?!])");
    private static final Pattern FAMILY = Pattern.compile("# [a-z-]+");

    private Examples() {}

    /** @param most texts that one template gives */
    static List<String> of(String file, int most) {
        return lines(file).stream()
                .filter(line -> !FAMILY.matcher(line).matches())
                .flatMap(line -> texts(line, most).stream())
                .toList();
    }

    /** The lines of one family, as they are. */
    static List<String> family(String file, String family, int most) {
        List<String> found = new ArrayList<>();
        boolean in = false;
        for (String line : lines(file)) {
            if (FAMILY.matcher(line).matches()) {
                in = line.equals("# " + family);
            } else if (in) {
                found.addAll(texts(line, most));
            }
        }
        return found;
    }

    private static Set<String> texts(String template, int most) {
        Set<String> texts = new LinkedHashSet<>();
        for (int i = 0; i < most; i++) {
            Random choices = new Random(31L * template.hashCode() + i);
            texts.add(CHOICE.matcher(template)
                    .replaceAll(choice -> {
                        String[] parts = choice.group(1).split("\\|", -1);
                        return Matcher.quoteReplacement(parts[choices.nextInt(parts.length)]);
                    })
                    .replace("\\n", "\n"));
        }
        return texts;
    }

    private static List<String> lines(String file) {
        InputStream stream = Objects.requireNonNull(Examples.class.getResourceAsStream(file), file);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
