package dev.polyphony.budgets;

import dev.polyphony.budgets.BudgetCommand.TellExhausted;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.jspecify.annotations.Nullable;

/** Remembers what it is told of budgets, while it listens. */
final class RecordedHistory {
    private final List<CommandMessage<?>> told = new CopyOnWriteArrayList<>();
    private volatile @Nullable RuntimeException deafness;

    /** @param failure what it throws from now on; null when it listens */
    void listensNot(@Nullable RuntimeException failure) {
        deafness = failure;
    }

    /** Grows as it is told more. */
    List<CommandMessage<?>> told() {
        return told;
    }

    CommandGateway gateway() {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        bus.subscribe(TellExhausted.class.getName(), command -> {
            if (deafness != null) {
                throw deafness;
            }
            told.add(command);
            return true;
        });
        return DefaultCommandGateway.builder().commandBus(bus).build();
    }
}
