package dev.polyphony.providers.vendor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Chooses a model from a vendor's list: of the first family that has any, a released one before a preview, then the highest version, then
 * the shortest name. Models for something else than text are left out.
 */
final class ModelFamilies {
    private static final Pattern NOT_FOR_TEXT = Pattern.compile(
            "embed|whisper|tts|speech|audio|transcribe|voice|image|imagine|video|vision|ocr|guard|safeguard|moderation|rerank|reward|live|realtime|robotics|computer-use|search");
    private static final Pattern PREVIEW = Pattern.compile("preview|beta|alpha|\\bexp\\b|experimental|\\brc\\b");

    /** Longer numbers, and those that begin with 0, are dates; those before a b count parameters. */
    private static final Pattern VERSION = Pattern.compile("(?<!\\d)(?:0|[1-9]\\d?)(?![\\d]|b\\b)");

    private static final Comparator<List<Integer>> BY_NUMBERS = (one, other) -> {
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            int difference = Integer.compare(at(one, i), at(other, i));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    };

    private static final Comparator<String> BEST_FIRST = Comparator.comparing((String name) ->
                    PREVIEW.matcher(name.toLowerCase(Locale.ROOT)).find())
            .thenComparing(ModelFamilies::version, BY_NUMBERS.reversed())
            .thenComparingInt(String::length)
            .thenComparing(Comparator.naturalOrder());

    private final List<Pattern> families;

    /** @param families patterns of whole names, the best first */
    ModelFamilies(List<String> families) {
        this.families = families.stream()
                .map(family -> Pattern.compile(family, Pattern.CASE_INSENSITIVE))
                .toList();
    }

    /** Empty when the list has none of these families. */
    Optional<String> best(Collection<String> listed) {
        List<String> texts = listed.stream()
                .filter(name ->
                        !NOT_FOR_TEXT.matcher(name.toLowerCase(Locale.ROOT)).find())
                .toList();
        return families.stream()
                .flatMap(family ->
                        first(texts.stream().filter(name -> family.matcher(name).matches())))
                .findFirst();
    }

    private static Stream<String> first(Stream<String> names) {
        return names.min(BEST_FIRST).stream();
    }

    private static List<Integer> version(String name) {
        List<Integer> numbers = new ArrayList<>();
        Matcher number = VERSION.matcher(name.toLowerCase(Locale.ROOT));
        while (number.find()) {
            numbers.add(Integer.valueOf(number.group()));
        }
        return numbers;
    }

    private static int at(List<Integer> numbers, int place) {
        return place < numbers.size() ? numbers.get(place) : -1;
    }
}
