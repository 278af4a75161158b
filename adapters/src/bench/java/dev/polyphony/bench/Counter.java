package dev.polyphony.bench;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.polyphony.shared.EventName;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** The smallest aggregate with a rule. */
@AggregateRoot(type = "counter")
@SuppressWarnings("NullAway.Init") // Axon fills the fields by replaying events
class Counter {
    record Start(@TargetAggregateIdentifier String id) {}

    record Count(@TargetAggregateIdentifier String id) {}

    @EventName("bench.counted")
    record Counted(String id, int total, String note) {}

    static final String NOTE = "x".repeat(200);

    @AggregateIdentifier
    private String id;

    private int total;

    protected Counter() {}

    @CommandHandler
    Counter(Start command) {
        apply(new Counted(command.id(), 0, NOTE));
    }

    @CommandHandler
    void handle(Count command) {
        apply(new Counted(id, total + 1, NOTE));
    }

    @EventSourcingHandler
    void on(Counted event) {
        id = event.id();
        total = event.total();
    }
}
