package dev.polyphony.budgets;

import dev.polyphony.budgets.BudgetCommand.ReportExhausted;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.jspecify.annotations.Nullable;

/** Remembers what it is reported of budgets, while it listens. */
final class RecordedHistory {
    private final List<CommandMessage<?>> reported = new CopyOnWriteArrayList<>();
    private volatile @Nullable RuntimeException deafness;

    /** @param failure what it throws from now on; null when it listens */
    void listensNot(@Nullable RuntimeException failure) {
        deafness = failure;
    }

    /** Grows as it is reported more. */
    List<CommandMessage<?>> reported() {
        return reported;
    }

    CommandGateway gateway() {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        bus.subscribe(ReportExhausted.class.getName(), command -> {
            if (deafness != null) {
                throw deafness;
            }
            reported.add(command);
            return true;
        });
        return DefaultCommandGateway.builder().commandBus(bus).build();
    }
}
