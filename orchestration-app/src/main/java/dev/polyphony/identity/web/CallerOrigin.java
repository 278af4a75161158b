package dev.polyphony.identity.web;

import dev.polyphony.identity.Caller;
import dev.polyphony.platform.web.RequestIdFilter;
import dev.polyphony.shared.MessageOrigin;
import java.util.List;
import java.util.function.BiFunction;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** Adds the caller as the origin of a command, unless its sender already named one. */
@Component
final class CallerOrigin implements MessageDispatchInterceptor<CommandMessage<?>> {
    @Override
    public BiFunction<Integer, CommandMessage<?>, CommandMessage<?>> handle(
            List<? extends CommandMessage<?>> commands) {
        return (_, command) -> command.getMetaData().containsKey(MessageOrigin.TENANT) ? command : withOrigin(command);
    }

    private static CommandMessage<?> withOrigin(CommandMessage<?> command) {
        Caller caller = CurrentCaller.find()
                .orElseThrow(() -> new IllegalStateException(
                        command.getCommandName() + " was sent without origin and outside a request"));
        String request = String.valueOf(MDC.get(RequestIdFilter.MDC_KEY));
        return command.andMetaData(new MessageOrigin(caller.tenant(), caller.actor(), request, request).metaData());
    }
}
