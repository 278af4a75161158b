package dev.polyphony.providers.reply;

import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.client.CallFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Puts the parts of tool calls together, which may interleave. A part belongs to the call of its id and place; a new id begins a
 * new call, also at the place of another one.
 */
final class ToolCallDrafts {
    private final List<ToolCallDraft> calls = new ArrayList<>();

    /** @return whether it told anything new */
    boolean add(ToolCallFragment fragment) {
        Optional<ToolCallDraft> begun = target(fragment).filter(call -> !call.isOver(fragment));
        ToolCallDraft call = begun.orElseGet(() -> begin(fragment));
        call.add(fragment);
        return begun.isEmpty() || !fragment.text().isEmpty();
    }

    /** A call that came in one part. */
    void addWhole(ToolCallFragment call) {
        begin(call).add(call);
    }

    private ToolCallDraft begin(ToolCallFragment fragment) {
        ToolCallDraft call = new ToolCallDraft(fragment);
        calls.add(call);
        return call;
    }

    private Optional<ToolCallDraft> target(ToolCallFragment fragment) {
        boolean placed = fragment.index() != null;
        Predicate<ToolCallDraft> here = call -> call.isAt(fragment.index());
        if (fragment.id().isEmpty()) {
            return placed ? last(here).or(() -> last(call -> !call.hasPlace())) : last(_ -> true);
        }
        Optional<ToolCallDraft> same = placed
                ? last(call -> call.hasId(fragment.id()) && (call.isAt(fragment.index()) || !call.hasPlace()))
                : last(call -> call.hasId(fragment.id()));
        return same.isPresent() || !fragment.tool().isEmpty() ? same : renamed(fragment, here);
    }

    /** A part with an id of its own and without a name: some vendors give each part a new id, others change only the place. */
    private Optional<ToolCallDraft> renamed(ToolCallFragment fragment, Predicate<ToolCallDraft> here) {
        return last(call -> call.hasId(fragment.id()))
                .or(() -> last(fragment.index() == null ? _ -> true : here).filter(call -> !call.isComplete()));
    }

    private Optional<ToolCallDraft> last(Predicate<ToolCallDraft> wanted) {
        return calls.reversed().stream().filter(wanted).findFirst();
    }

    /**
     * The calls, each of them whole.
     *
     * @param cut whether the reply came to its limit on tokens: then a call that is not complete is left out
     */
    List<ToolCall> complete(boolean cut) {
        calls.removeIf(ToolCallDraft::isNothing);
        for (ToolCallDraft call : List.copyOf(calls)) {
            if (call.isComplete() && !call.tool().isBlank()) {
                continue;
            }
            if (!cut) {
                throw new CallFailure(
                        ProviderProblem.PROVIDER_REPLY_MALFORMED,
                        "the arguments of its call of the tool '%s' are not complete JSON".formatted(call.tool()));
            }
            calls.remove(call);
        }
        return calls.stream().map(ToolCallDraft::call).toList();
    }
}
