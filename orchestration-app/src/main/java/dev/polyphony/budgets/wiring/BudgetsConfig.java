package dev.polyphony.budgets.wiring;

import dev.polyphony.budgets.BudgetLedger;
import dev.polyphony.budgets.BudgetQueries;
import dev.polyphony.budgets.Budgets;
import dev.polyphony.budgets.CountedBudgets;
import dev.polyphony.budgets.ExhaustedBudgets;
import java.time.Clock;
import java.util.Objects;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.MDC;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells Spring about budgets. */
@Configuration(proxyBeanMethods = false)
class BudgetsConfig {
    /** Without a rule nothing is looked up and nothing counted. */
    @Bean
    Budgets budgets(BudgetSettings settings, BudgetLedger ledger, ExhaustedBudgets exhausted, Clock clock) {
        return new CountedBudgets(
                settings.rules(),
                ledger,
                exhausted,
                () -> Objects.requireNonNullElse(MDC.get("request_id"), "budgets"),
                clock);
    }

    /** Also without a rule: a budget that was used up is reported though its rule is gone. */
    @Bean
    ExhaustedBudgets exhaustedBudgets(BudgetLedger ledger, CommandGateway commands) {
        return new ExhaustedBudgets(ledger, commands);
    }

    @Bean
    BudgetQueries budgetBoard(BudgetSettings settings, BudgetLedger ledger, Clock clock) {
        return new BudgetQueries(settings.rules(), ledger, clock);
    }
}
