package dev.polyphony.workflows.builtin.orchestrator;

import dev.polyphony.inspection.Finding;
import dev.polyphony.inspection.Inspection;
import dev.polyphony.inspection.Quantity;
import dev.polyphony.providers.ContextChunk;
import dev.polyphony.shared.JsonValues;
import dev.polyphony.workflows.builtin.orchestrator.LayerOutput.Statement;
import dev.polyphony.workflows.engine.RunState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the steps of one run before a layer have found and stated, in pieces that an agent can cite. */
final class LayerFacts {
    private final Inspection inspection;
    private final List<Statement> statements;

    private LayerFacts(Inspection inspection, List<Statement> statements) {
        this.inspection = inspection;
        this.statements = statements;
    }

    /** @param after the steps whose statements count; the inspection always does */
    static LayerFacts of(RunState run, List<String> after, JsonValues json) {
        Inspection inspection = run.output(Orchestrator.INSPECTION)
                .map(output -> json.read(output, Inspection.class))
                .orElseThrow(() -> new IllegalStateException("workflow " + run.workflowId() + " has no inspection"));
        Stream<LayerOutput> layers = run.completed().stream()
                .filter(done -> after.contains(done.step()) && Orchestrator.isLayer(done.step()))
                .map(done -> json.read(done.output(), LayerOutput.class));
        return new LayerFacts(inspection, merged(layers));
    }

    /** Each sentence once, with the findings that any of the layers rested it on. */
    private static List<Statement> merged(Stream<LayerOutput> layers) {
        Map<String, Set<String>> findings = new LinkedHashMap<>();
        layers.flatMap(layer -> layer.statements().stream())
                .forEach(statement -> findings.computeIfAbsent(statement.text(), _ -> new LinkedHashSet<>())
                        .addAll(statement.findings()));
        return findings.entrySet().stream()
                .map(entry -> new Statement(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
    }

    List<ContextChunk> inventoryAndFindings() {
        return Stream.concat(inventory().stream(), findings().stream()).toList();
    }

    List<ContextChunk> findingsElseInventory() {
        return inspection.findings().isEmpty() ? inventory() : findings();
    }

    /** What would mend the findings that were cited, or all findings when none was. */
    List<ContextChunk> remedies() {
        Set<String> cited = statements.stream()
                .flatMap(statement -> statement.findings().stream())
                .collect(Collectors.toSet());
        return inspection.findings().stream()
                .filter(finding -> cited.isEmpty() || cited.contains(finding.id()))
                .map(finding -> new ContextChunk(finding.id(), finding.remedy()))
                .toList();
    }

    List<ContextChunk> statements() {
        return IntStream.range(0, statements.size())
                .mapToObj(index -> new ContextChunk(
                        "S" + (index + 1), statements.get(index).text()))
                .toList();
    }

    /** The findings behind a citation: a finding itself, or those that a cited statement rests on. */
    Function<String, List<String>> findingsBehind() {
        return citation -> citation.startsWith("S")
                ? statements.get(Integer.parseInt(citation.substring(1)) - 1).findings()
                : Stream.of(citation).filter(id -> id.startsWith("F")).toList();
    }

    private List<ContextChunk> findings() {
        return inspection.findings().stream().map(LayerFacts::message).toList();
    }

    private static ContextChunk message(Finding finding) {
        return new ContextChunk(finding.id(), finding.message());
    }

    private List<ContextChunk> inventory() {
        List<String> lines = new ArrayList<>();
        lines.add("The source has " + Quantity.of(inspection.files(), "text file") + " with "
                + Quantity.of(inspection.lines(), "line") + ".");
        inspection.types().stream()
                .limit(3)
                .forEach(type -> lines.add((type.files() == 1 ? "There is " : "There are ")
                        + Quantity.of(type.files(), "file") + " of type " + type.type() + " with "
                        + Quantity.of(type.lines(), "line") + "."));
        lines.add("The inspection made " + Quantity.of(inspection.totalFindings(), "finding") + ".");
        return IntStream.range(0, lines.size())
                .mapToObj(index -> new ContextChunk("I" + (index + 1), lines.get(index)))
                .toList();
    }
}
