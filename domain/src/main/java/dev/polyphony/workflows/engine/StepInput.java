package dev.polyphony.workflows.engine;

import dev.polyphony.inspection.Finding;
import dev.polyphony.inspection.Inspection;
import dev.polyphony.providers.ContextChunk;
import dev.polyphony.workflows.StepDefinition;
import dev.polyphony.workflows.StepOutput.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is given to reason over, in pieces that it can cite. It is bounded, so that it fits the context of a
 * small local model.
 */
final class StepInput {
    /** The most pieces that one step is given. */
    static final int MAX_PASSAGES = 40;

    private static final ContextChunk NOTHING_FOUND =
            new ContextChunk("N1", "The inspection found nothing that asks for a change.");

    private final RunState run;
    private final @Nullable Inspection inspection;

    /** @param inspection the facts of the step itself; null when it rests on those of an earlier step */
    StepInput(RunState run, @Nullable Inspection inspection) {
        this.run = run;
        this.inspection = inspection == null ? run.inspection().orElse(null) : inspection;
    }

    /** Never empty. */
    List<ContextChunk> passagesFor(StepDefinition step) {
        List<ContextChunk> passages = switch (step.material()) {
            case INSPECTION -> join(inventory(), facts());
            case FACTS -> inspection == null || inspection.findings().isEmpty() ? inventory() : facts();
            case REMEDIES -> remedies(step.after());
            case STATEMENTS -> statements(step.after());
        };
        return passages.isEmpty()
                ? List.of(NOTHING_FOUND)
                : passages.stream().limit(MAX_PASSAGES).toList();
    }

    /** The findings behind a citation: a finding itself, or those that a cited statement rests on. */
    Function<String, List<String>> findingsBehind(StepDefinition step) {
        List<Statement> statements = run.statements(step.after());
        return citation -> citation.startsWith("S")
                ? statements.get(Integer.parseInt(citation.substring(1)) - 1).findings()
                : Stream.of(citation).filter(id -> id.startsWith("F")).toList();
    }

    private List<ContextChunk> facts() {
        return inspection == null
                ? List.of()
                : inspection.findings().stream()
                        .map(finding -> new ContextChunk(finding.id(), finding.message()))
                        .toList();
    }

    private List<ContextChunk> inventory() {
        if (inspection == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("The source has " + inspection.files() + " text files with " + inspection.lines() + " lines.");
        inspection.types().stream()
                .limit(3)
                .forEach(type -> lines.add("There are " + type.files() + " files of type " + type.type() + " with "
                        + type.lines() + " lines."));
        lines.add("The inspection made " + inspection.totalFindings() + " findings.");
        return IntStream.range(0, lines.size())
                .mapToObj(index -> new ContextChunk("I" + (index + 1), lines.get(index)))
                .toList();
    }

    private static List<ContextChunk> join(List<ContextChunk> first, List<ContextChunk> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private List<ContextChunk> remedies(List<String> steps) {
        if (inspection == null) {
            return List.of();
        }
        Set<String> cited = run.statements(steps).stream()
                .flatMap(statement -> statement.findings().stream())
                .collect(Collectors.toSet());
        return inspection.findings().stream()
                .filter(finding -> cited.isEmpty() || cited.contains(finding.id()))
                .map(StepInput::remedy)
                .toList();
    }

    private static ContextChunk remedy(Finding finding) {
        return new ContextChunk(finding.id(), finding.remedy());
    }

    private List<ContextChunk> statements(List<String> steps) {
        List<Statement> statements = run.statements(steps);
        return IntStream.range(0, statements.size())
                .mapToObj(index ->
                        new ContextChunk("S" + (index + 1), statements.get(index).text()))
                .toList();
    }
}
