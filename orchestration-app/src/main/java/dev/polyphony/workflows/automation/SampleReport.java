package dev.polyphony.workflows.automation;

import dev.polyphony.inspection.Finding;
import dev.polyphony.inspection.Inspection;
import dev.polyphony.workflows.ModelUsage;
import dev.polyphony.workflows.builtin.orchestrator.LayerOutput;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sample run for a newcomer, in ten lines at most: the weightiest findings, which of them the agent would mend first, and what
 * to try next.
 *
 * @param decision what the deciding agent stated, with the findings it rests on
 * @param usage the model that decided; null when none did
 */
record SampleReport(
        Inspection inspection,
        LayerOutput decision,
        @Nullable ModelUsage usage) {
    private static final int SHOWN = 5;
    private static final int LINE = 140;

    String text(String url) {
        return """
            %s
            %sNext: the whole result     curl -s -H "X-API-Key: $KEY" %s/api/v1/workflows/orchestrator/%s/status
                  a run of your own    the tour in README.md, or %s/docs
                  a model that writes  stop, export OPENAI_API_KEY=…, start again (docs/providers.md)\
            """.formatted(summary(), findings() + decided(), url, SampleRun.ID, url);
    }

    private String summary() {
        return "The sample run read %d files with %d lines and found %s."
                .formatted(
                        inspection.files(),
                        inspection.lines(),
                        switch (inspection.totalFindings()) {
                            case 0 -> "nothing to mend";
                            case 1 -> "one thing to mend";
                            default -> "%d things to mend, the weightiest first".formatted(inspection.totalFindings());
                        });
    }

    private String findings() {
        return inspection.findings().stream()
                .limit(SHOWN)
                .map(finding -> cut("  %-4s %s".formatted(finding.id(), finding.message())) + "\n")
                .collect(Collectors.joining());
    }

    private String decided() {
        List<String> first = decision.statements().stream()
                .flatMap(statement -> statement.findings().stream())
                .distinct()
                .filter(this::isKnown)
                .limit(SHOWN)
                .toList();
        if (first.isEmpty() || usage == null) {
            return "";
        }
        return "  The agents, on the model %s, would mend first: %s\n"
                .formatted(usage.model(), String.join(", ", first));
    }

    private boolean isKnown(String id) {
        return inspection.findings().stream().map(Finding::id).anyMatch(id::equals);
    }

    private static String cut(String line) {
        return line.length() <= LINE ? line : line.substring(0, LINE - 1) + "…";
    }
}
