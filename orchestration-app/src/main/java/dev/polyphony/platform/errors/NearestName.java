package dev.polyphony.platform.errors;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt name was meant to be. */
public final class NearestName {
    private static final int LONGEST = 64;

    private NearestName() {}

    /** @param kind what is named, such as {@code field} */
    public static String sentence(String kind, String name, Collection<String> known) {
        String shown = name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
        return of(name, known)
                .map(nearest -> "There is no %s '%s'; did you mean '%s'? These are taken: %s."
                        .formatted(kind, shown, nearest, String.join(", ", known)))
                .orElseGet(() -> "There is no %s '%s': none is taken here.".formatted(kind, shown));
    }

    static Optional<String> of(String name, Collection<String> known) {
        String wanted = plain(name.length() > LONGEST ? name.substring(0, LONGEST) : name);
        return known.stream().min(Comparator.comparingInt((String each) -> distance(wanted, plain(each))));
    }

    /** camelCase, kebab-case and snake_case are alike. */
    private static String plain(String name) {
        return name.replaceAll("[_\\-. ]", "").toLowerCase(Locale.ROOT);
    }

    /** How many letters are to be inserted, deleted or replaced; a beginning or an end of the name is nearer than others. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        boolean part = !from.isEmpty() && (to.startsWith(from) || to.endsWith(from));
        return part ? row[to.length()] - to.length() : row[to.length()];
    }
}
