package dev.polyphony.budgets.wiring;

import dev.polyphony.budgets.Budget;
import dev.polyphony.budgets.BudgetLedger;
import dev.polyphony.budgets.BudgetQueries;
import dev.polyphony.budgets.BudgetRule;
import dev.polyphony.budgets.Budgets;
import dev.polyphony.budgets.CountedBudgets;
import dev.polyphony.budgets.ExhaustedBudgets;
import dev.polyphony.eventstore.Aggregates;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.slf4j.MDC;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells Axon and Spring about budgets. */
@Configuration(proxyBeanMethods = false)
class BudgetsConfig {
    @Bean
    ConfigurerModule budgetAggregate() {
        return configurer -> configurer.configureAggregate(Aggregates.cached(Budget.class));
    }

    /** Without a rule nothing is looked up and nothing counted. */
    @Bean
    Budgets budgets(BudgetSettings settings, BudgetLedger ledger, ExhaustedBudgets exhausted, Clock clock) {
        List<BudgetRule> rules = settings.rules();
        return rules.isEmpty()
                ? Budgets.NONE
                : new CountedBudgets(rules, ledger, exhausted, BudgetsConfig::request, clock);
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

    private static String request() {
        return Objects.requireNonNullElse(MDC.get("request_id"), "budgets");
    }
}
