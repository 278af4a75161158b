package dev.polyphony.shared.secrets;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Finds secrets: what has the form of a vendor's key, what stands where a secret stands, what looks random, and the lines of
 * private keys. It reads every line to its end, in time linear in its length. Immutable.
 */
public final class SecretDetector {
    /** What stands in place of a secret. */
    public static final String REDACTED = "[redacted]";

    /** Longer lines are read in parts that overlap by as much as a secret may be long. */
    private static final int PART = 4_096;

    private static final Set<String> LOOKS_RANDOM = Set.of(Entropy.RULE, "generic-api-key");
    private static final int OVERLAP = 1_024;
    private static final Pattern LINE = Pattern.compile("(?<=\\n)|(?<=\\r)(?!\\n)");

    private final SecretRules rules;

    private SecretDetector(SecretRules rules) {
        this.rules = rules;
    }

    private static final class Standard {
        static final SecretDetector DETECTOR = new SecretDetector(SecretRules.load());
    }

    public static SecretDetector standard() {
        return Standard.DETECTOR;
    }

    /** Whether a text of one or more lines holds a secret, also one that is spread over two lines. */
    public boolean marks(String text) {
        List<String> lines = text.lines().toList();
        return !markedLines(lines, () -> {}).isEmpty()
                || (lines.size() > 1 && !matches(String.join(" ", lines)).isEmpty());
    }

    /** What is found in one line, by place. Matches may overlap. */
    public List<SecretMatch> matches(String line) {
        return matches(line, () -> {});
    }

    /** @param each runs now and then, and may end the search by an exception */
    public List<SecretMatch> matches(String line, Runnable each) {
        return inParts(line, each, (part, offset, found) -> {
            rules.find(part, offset, each, found);
            Entropy.find(part, offset, found);
        });
    }

    /** Only what has the form of a vendor's key, which is several times quicker than all. */
    public List<SecretMatch> keys(String line, Runnable each) {
        return inParts(line, each, (part, offset, found) -> rules.findKeys(part, offset, each, found));
    }

    private interface Search {
        void in(String part, int offset, Consumer<SecretMatch> found);
    }

    private static List<SecretMatch> inParts(String line, Runnable each, Search search) {
        List<SecretMatch> found = new ArrayList<>();
        for (int start = 0; start == 0 || start + OVERLAP < line.length(); start += PART - OVERLAP) {
            each.run();
            search.in(line.substring(start, Math.min(line.length(), start + PART)), start, found::add);
        }
        found.sort(Comparator.comparingInt(SecretMatch::start).thenComparingInt(SecretMatch::end));
        return found;
    }

    /** The lines of private keys, which bear no other mark of being secret. */
    public BitSet privateKeyLines(List<String> lines) {
        return KeyBlocks.in(lines);
    }

    /** Which lines of a text must not be quoted: those with a match, and all lines of private keys. */
    public BitSet markedLines(List<String> lines, Runnable each) {
        BitSet marked = KeyBlocks.in(lines);
        for (int i = 0; i < lines.size(); i++) {
            if (!marked.get(i) && !matches(lines.get(i), each).isEmpty()) {
                marked.set(i);
            }
        }
        return marked;
    }

    /** The text with {@value #REDACTED} in place of each secret, and of each word that looks random; its line ends stay. */
    public String redacted(String text) {
        return redacted(text, this::matches);
    }

    /**
     * The text without its secrets, for those who shall read the rest: a model elsewhere, a subscriber, whoever reads the log. A word
     * that looks random stays where nothing near it says that it is a secret: it may be a digest or an id.
     */
    public String masked(String text) {
        return mayHoldSecrets(text) ? redacted(text, this::matchesWithContext) : text;
    }

    /** The same for JSON, which stays JSON: only its values of type string are masked, each for itself. */
    public String maskedJson(String json) {
        return mayHoldSecrets(json) ? JsonStrings.mapValues(json, this::masked) : json;
    }

    private boolean mayHoldSecrets(String text) {
        return rules.mayMatch(text);
    }

    private List<SecretMatch> matchesWithContext(String line) {
        return inParts(line, () -> {}, (part, offset, found) -> rules.find(part, offset, () -> {}, found));
    }

    private String redacted(String text, Function<String, List<SecretMatch>> search) {
        String[] lines = LINE.split(text);
        BitSet keys = KeyBlocks.in(List.of(lines));
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < lines.length; i++) {
            String body = lines[i].stripTrailing();
            clean.append(keys.get(i) ? REDACTED : redactedLine(body, search.apply(body)))
                    .append(lines[i].substring(body.length()));
        }
        return clean.toString();
    }

    /** The same for the path or name of a file, where a word that merely looks random is usual: a digest or a version. */
    public String redactedName(String name) {
        return redactedLine(
                name,
                matches(name).stream()
                        .filter(match -> !LOOKS_RANDOM.contains(match.rule()))
                        .toList());
    }

    private static String redactedLine(String line, List<SecretMatch> matches) {
        StringBuilder clean = new StringBuilder();
        int at = 0;
        for (SecretMatch match : matches) {
            if (match.start() >= at) {
                clean.append(line, at, match.start()).append(REDACTED);
            }
            at = Math.max(at, match.end());
        }
        return clean.append(line, at, line.length()).toString();
    }
}
