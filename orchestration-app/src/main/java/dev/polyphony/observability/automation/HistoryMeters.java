package dev.polyphony.observability.automation;

import dev.polyphony.eventstore.EventNames;
import dev.polyphony.eventstore.log.EventLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Counts what this node writes into the history, and what it tells about runs, their steps and budgets. */
@Component
class HistoryMeters implements MeterBinder {
    private static final String EVENTS = "polyphony.events";
    private static final List<Counted> COUNTED = List.of(
            new Counted("workflow.started", "polyphony.runs.started", "", "Runs that were started"),
            new Counted("workflow.completed", "polyphony.runs.finished", "completed", "Runs that ended, by outcome"),
            new Counted("workflow.failed", "polyphony.runs.finished", "failed", "Runs that ended, by outcome"),
            new Counted("workflow.cancelled", "polyphony.runs.finished", "cancelled", "Runs that ended, by outcome"),
            new Counted("workflow.taken_over", "polyphony.runs.taken.over", "", "Runs that moved to another node"),
            new Counted(
                    "workflow.step.completed", "polyphony.steps.finished", "completed", "Steps that ended, by outcome"),
            new Counted("workflow.step.failed", "polyphony.steps.finished", "failed", "Steps that ended, by outcome"),
            new Counted(
                    "workflow.step.attempt_failed",
                    "polyphony.step.attempts.failed",
                    "",
                    "Attempts at a step that failed, also those that were repeated"),
            new Counted("budget.exhausted", "polyphony.budgets.exhausted", "", "Budgets that were used up"));

    private final EventLog log;
    private final EventNames names;
    private final Map<String, List<Counter>> counters = new ConcurrentHashMap<>();

    HistoryMeters(EventLog log, EventNames names) {
        this.log = log;
        this.names = names;
    }

    /** @param outcome one of few words; empty when there is only one */
    private record Counted(String event, String meter, String outcome, String description) {
        Counter in(MeterRegistry meters) {
            Counter.Builder counter = Counter.builder(meter).description(description);
            return (outcome.isEmpty() ? counter : counter.tag("outcome", outcome)).register(meters);
        }
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        names.all()
                .forEach(name -> add(
                        name,
                        Counter.builder(EVENTS)
                                .description("Events that were written into the history, by name")
                                .tag("event", name)
                                .register(meters)));
        COUNTED.forEach(counted -> add(counted.event(), counted.in(meters)));
        log.onWritten(events -> events.forEach(event -> count(event.content().type())));
    }

    private void add(String event, Counter counter) {
        counters.computeIfAbsent(event, _ -> new CopyOnWriteArrayList<>()).add(counter);
    }

    private void count(String event) {
        Optional.ofNullable(counters.get(event)).ifPresent(all -> all.forEach(Counter::increment));
    }
}
