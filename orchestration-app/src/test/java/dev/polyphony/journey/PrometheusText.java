package dev.polyphony.journey;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Metrics in Prometheus' text format, and the rules of `promtool check metrics` on them. */
final class PrometheusText {
    private static final Pattern LABEL = Pattern.compile("[{,]([A-Za-z_:][A-Za-z0-9_:]*)=\"");
    private static final Set<String> HISTOGRAM_SUFFIXES = Set.of("_count", "_sum", "_bucket");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary", "untyped");
    private static final Set<String> ABBREVIATED =
            Set.of("s", "ms", "us", "ns", "sec", "b", "kb", "mb", "gb", "tb", "pb", "m", "h", "d");
    private static final Set<String> NOT_BASE = Set.of(
            "milliseconds",
            "microseconds",
            "nanoseconds",
            "minutes",
            "hours",
            "days",
            "weeks",
            "kilobytes",
            "megabytes",
            "gigabytes",
            "bits",
            "kibibytes",
            "mebibytes",
            "celsius_degrees",
            "percent",
            "percentage",
            "kilometers",
            "milliamperes");

    private PrometheusText() {}

    record Family(String name, String type, String help, Set<String> labels) {
        /** What promtool would say; empty when all is well. */
        List<String> warnings() {
            List<String> found = new ArrayList<>();
            warn(found, help.isBlank(), "no help text");
            warn(found, type.equals("counter") && !name.endsWith("_total"), "counters end with _total");
            warn(found, !type.equals("counter") && name.endsWith("_total"), "only counters end with _total");
            boolean distribution = type.equals("histogram") || type.equals("summary");
            HISTOGRAM_SUFFIXES.forEach(
                    suffix -> warn(found, !distribution && name.endsWith(suffix), suffix + " is kept for histograms"));
            warn(found, !type.equals("histogram") && labels.contains("le"), "label le is kept for histograms");
            warn(found, !type.equals("summary") && labels.contains("quantile"), "label quantile is for summaries");
            warn(found, name.contains(":"), "colons are kept for rules");
            warn(found, name.contains("__") || name.endsWith("_"), "empty word in the name");
            Stream.concat(Stream.of(name), labels.stream())
                    .forEach(word -> warn(found, !word.equals(word.toLowerCase(Locale.ROOT)), "camelCase"));
            labels.forEach(label -> warn(found, label.startsWith("__"), "labels with __ are reserved"));
            for (String word : name.split("_", -1)) {
                warn(found, TYPES.contains(word), "the type is in the name: " + word);
                warn(found, ABBREVIATED.contains(word), "abbreviated unit: " + word);
                warn(found, NOT_BASE.contains(word), "no base unit: " + word);
            }
            return found;
        }

        private static void warn(List<String> found, boolean wrong, String warning) {
            if (wrong) {
                found.add(warning);
            }
        }
    }

    static List<Family> families(String text) {
        Map<String, Family> families = new LinkedHashMap<>();
        Map<String, String> helps = new LinkedHashMap<>();
        String current = "";
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                helps.put(words[2], words.length > 3 ? words[3] : "");
            } else if (line.startsWith("# TYPE ")) {
                current = words[2];
                families.put(current, new Family(current, words[3], helps.getOrDefault(current, ""), new TreeSet<>()));
            } else if (!line.startsWith("#")) {
                Matcher label = LABEL.matcher(line);
                while (label.find()) {
                    Objects.requireNonNull(families.get(current)).labels().add(label.group(1));
                }
            }
        }
        return List.copyOf(families.values());
    }
}
