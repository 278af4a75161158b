package dev.polyphony.platform.startup;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Logs two lines: what is wrong, and what to do. Spring's own report, which takes a page, is switched off in the configuration. */
final class StartFailureNotice implements FailureAnalysisReporter {
    private static final Logger LOG = LoggerFactory.getLogger(StartFailureNotice.class);

    @Override
    public void report(FailureAnalysis analysis) {
        LOG.error(text(analysis));
        LOG.debug("The server did not start", analysis.getCause());
    }

    static String text(FailureAnalysis analysis) {
        String what = "Polyphony did not start: " + line(analysis.getDescription());
        String how = line(analysis.getAction());
        return how.isEmpty() ? what : what + "\n  " + how;
    }

    private static String line(@Nullable String text) {
        return text == null
                ? ""
                : text.lines()
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" "));
    }
}
