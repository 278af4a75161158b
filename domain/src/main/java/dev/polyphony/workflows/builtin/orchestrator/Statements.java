package dev.polyphony.workflows.builtin.orchestrator;

import dev.polyphony.providers.ContextChunk;
import dev.polyphony.workflows.builtin.orchestrator.LayerOutput.Statement;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a model's reply: one statement a line, each with the findings that it cites. */
final class Statements {
    private static final Pattern CITATION = Pattern.compile("\\[([A-Z]\\d{1,6})]");
    private static final Pattern BULLET = Pattern.compile("^(?:[-*•]|\\d{1,3}[.)])\\s+");

    private Statements() {}

    /** @param findingsBehind turns the id of a given passage into the findings it stands for */
    static List<Statement> in(
            String reply, List<ContextChunk> passages, Function<String, List<String>> findingsBehind) {
        Set<String> given = passages.stream().map(ContextChunk::id).collect(Collectors.toSet());
        return reply.lines()
                .map(String::strip)
                .map(line -> statement(line, given, findingsBehind))
                .filter(statement -> !statement.text().isEmpty())
                .toList();
    }

    private static Statement statement(String line, Set<String> given, Function<String, List<String>> findingsBehind) {
        List<String> findings = CITATION.matcher(line)
                .results()
                .map(match -> match.group(1))
                .filter(given::contains)
                .flatMap(id -> findingsBehind.apply(id).stream())
                .distinct()
                .toList();
        String text = CITATION.matcher(line).replaceAll(Matcher.quoteReplacement(""));
        return new Statement(BULLET.matcher(text.strip()).replaceFirst("").strip(), findings);
    }
}
