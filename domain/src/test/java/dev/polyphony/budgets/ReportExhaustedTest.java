package dev.polyphony.budgets;

import static dev.polyphony.budgets.BudgetExamples.exhausted;
import static dev.polyphony.budgets.BudgetExamples.limits;
import static dev.polyphony.budgets.BudgetExamples.spent;
import static dev.polyphony.budgets.BudgetExamples.tellExhausted;

import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class ReportExhaustedTest {
    private static final BudgetLimits THOUSAND = limits(1000, null);
    private static final BudgetLimits DOLLAR = limits(null, "1");

    private final AggregateTestFixture<Budget> budget = new AggregateTestFixture<>(Budget.class);

    @Test
    void tellsItTheFirstTime() {
        budget.givenNoPriorActivity()
                .when(tellExhausted(THOUSAND, spent(1004, "0.2")))
                .expectEvents(exhausted(THOUSAND, spent(1004, "0.2")))
                .expectResultMessagePayload(true);
    }

    @Test
    void tellsItOnceHoweverOftenItIsNoticed() {
        budget.given(exhausted(THOUSAND, spent(1004, "0.2")))
                .when(tellExhausted(THOUSAND, spent(1200, "0.3")))
                .expectNoEvents()
                .expectResultMessagePayload(false);
    }

    @Test
    void tellsItAgainWhenAHigherLimitIsReachedToo() {
        budget.given(exhausted(THOUSAND, spent(1004, "0.2")))
                .when(tellExhausted(limits(2000, null), spent(2001, "0.4")))
                .expectEvents(exhausted(limits(2000, null), spent(2001, "0.4")));
    }

    @Test
    void isNotToldInTurnsByNodesOfDifferentConfiguration() {
        budget.given(exhausted(limits(2000, null), spent(2001, "0.4")), exhausted(DOLLAR, spent(2300, "1")))
                .when(tellExhausted(THOUSAND, spent(2300, "1")))
                .expectNoEvents();
        budget.given(exhausted(THOUSAND, spent(1004, "1")), exhausted(DOLLAR, spent(1004, "1")))
                .when(tellExhausted(limits(2000, "5"), spent(2000, "1")))
                .expectNoEvents();
    }
}
