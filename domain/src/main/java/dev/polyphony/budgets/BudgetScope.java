package dev.polyphony.budgets;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who has a budget of their own. None spans tenants: an agent has one in each. */
public enum BudgetScope {
    TENANT,
    AGENT,
    RUN;

    /** Empty when there is no such scope. */
    public static Optional<BudgetScope> of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(word))
                .findFirst();
    }

    /** All of them, for those who named none. */
    public static String words() {
        return Arrays.stream(values()).map(BudgetScope::word).collect(Collectors.joining(", "));
    }

    /** As it stands in configuration and on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whose budget a spender draws on, such as {@code agent:fix-agent}; null when it is nobody's in this scope. */
    @Nullable
    String owner(Spender spender) {
        return switch (this) {
            case TENANT -> owner(spender.tenant().value());
            case AGENT -> spender.agent() == null ? null : owner(spender.agent());
            case RUN -> spender.run() == null ? null : owner(spender.run());
        };
    }

    /** As the ledger names an owner; with an empty id, what the names of all owners of this scope begin with. */
    public String owner(String id) {
        return word() + ":" + id;
    }
}
