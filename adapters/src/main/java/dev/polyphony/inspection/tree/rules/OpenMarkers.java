package dev.polyphony.inspection.tree.rules;

import dev.polyphony.inspection.tree.files.TextFile;
import java.util.List;

/**
 * Work that a comment or a text leaves open. In code and configuration the word counts in comments only, in prose only
 * where it opens a line or a clause, because prose may also talk about such words. A line that says
 * {@code finding-marker} is about the words themselves.
 */
final class OpenMarkers implements FileRule {
    private static final List<String> WORDS = List.of("TODO", "FIXME"); // finding-marker
    private static final List<String> COMMENTS = List.of("//", "#", "/*", "<!--", "--", ";", "%");
    private static final String EXEMPT = "finding-marker";
    private static final int QUOTED = 120;

    private final SecretLines secrets;

    OpenMarkers(SecretLines secrets) {
        this.secrets = secrets;
    }

    @Override
    public void look(TextFile file, FindingCollector sightings) {
        for (int i = 0; i < file.lines().size(); i++) {
            sightings.step();
            String line = file.lines().get(i);
            for (String word : WORDS) {
                int at = find(line, word);
                if (at >= 0 && !line.contains(EXEMPT) && counts(file, line, at, at + word.length())) {
                    boolean secret = secrets.mayBeIn(file, i, sightings::step);
                    sightings.add(sighting(file, i + 1, word, secret ? "" : quoted(line, at + word.length())));
                    break;
                }
            }
        }
    }

    private static RuleMatch sighting(TextFile file, int number, String word, String quoted) {
        return new RuleMatch(
                Rule.OPEN_MARKER,
                file.path(),
                number,
                0,
                file.path() + " line " + number + " leaves work open (" + word + ")" + quoted + ".",
                "Finish what line " + number + " of " + file.path()
                        + " leaves open, or track it as an issue and drop the marker.");
    }

    /** What is left open, in the author's words. */
    private static String quoted(String line, int from) {
        String rest =
                line.substring(from, Math.min(line.length(), from + QUOTED)).strip();
        String words = rest.replaceFirst("^[:\\-\\s]{1,8}", "")
                .replace("*/", "")
                .replace("-->", "")
                .strip();
        String sentence = words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
        return sentence.isEmpty() ? "" : ": " + sentence;
    }

    private static int find(String line, String word) {
        int at = line.indexOf(word);
        while (at >= 0 && !isWord(line, at, at + word.length())) {
            at = line.indexOf(word, at + 1);
        }
        return at;
    }

    private static boolean isWord(String line, int from, int to) {
        return (from == 0 || !Character.isJavaIdentifierPart(line.charAt(from - 1)))
                && (to == line.length() || !Character.isJavaIdentifierPart(line.charAt(to)));
    }

    private static boolean counts(TextFile file, String line, int from, int to) {
        String before = line.substring(0, from).strip();
        if (file.isProse()) {
            boolean opensLine = before.chars().noneMatch(Character::isLetterOrDigit) && !before.endsWith("`");
            boolean opensClause = to < line.length() && line.charAt(to) == ':' && !before.endsWith("`");
            return opensLine || opensClause;
        }
        return before.startsWith("*") || COMMENTS.stream().anyMatch(before::contains);
    }
}
