package dev.polyphony.platform.axon;

import dev.polyphony.identity.web.Caller;
import dev.polyphony.platform.web.RequestIdFilter;
import dev.polyphony.shared.MessageOrigin;
import java.util.List;
import java.util.function.BiFunction;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.slf4j.MDC;

/** Tells a command who sends it, unless its sender already did. */
final class OriginOfCaller implements MessageDispatchInterceptor<CommandMessage<?>> {
    @Override
    public BiFunction<Integer, CommandMessage<?>, CommandMessage<?>> handle(
            List<? extends CommandMessage<?>> commands) {
        return (_, command) -> command.getMetaData().containsKey(MessageOrigin.TENANT) ? command : signed(command);
    }

    private static CommandMessage<?> signed(CommandMessage<?> command) {
        Caller caller = Caller.current()
                .orElseThrow(() -> new IllegalStateException(
                        command.getCommandName() + " was sent without origin and outside a request"));
        String request = String.valueOf(MDC.get(RequestIdFilter.MDC_KEY));
        return command.andMetaData(new MessageOrigin(caller.tenant(), caller.actor(), request, request).metaData());
    }
}
