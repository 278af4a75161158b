package dev.polyphony.budgets;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.polyphony.budgets.BudgetCommand.ReportExhausted;
import dev.polyphony.budgets.BudgetEvent.BudgetExhausted;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** What one owner may spend in one period. The history hears of it when all is spent; what is spent stands in the ledger. */
@AggregateRoot(type = "budget")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Axon fills the fields by replaying events, and reads the id
public class Budget {
    @AggregateIdentifier
    private BudgetId id;

    private @Nullable BudgetLimits reported;

    protected Budget() {}

    /**
     * Returns whether it is news: the first time, and when operators have raised a limit since and that is reached too. Limits only
     * grow here, so that nodes of different configuration do not tell it in turns.
     */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(ReportExhausted command) {
        boolean news = reported == null || command.limits().exceed(reported);
        if (news) {
            apply(new BudgetExhausted(command.budget(), command.limits(), command.spent(), command.renewedAt()));
        }
        return news;
    }

    @EventSourcingHandler
    void on(BudgetEvent event) {
        id = event.budget();
        reported = switch (event) {
            case BudgetExhausted exhausted ->
                reported == null ? exhausted.limits() : exhausted.limits().orWider(reported);
        };
    }
}
