package dev.polyphony.budgets;

import static dev.polyphony.budgets.BudgetExamples.ACME;
import static dev.polyphony.budgets.BudgetExamples.TODAY;
import static dev.polyphony.budgets.BudgetExamples.limits;
import static dev.polyphony.budgets.BudgetExamples.spent;
import static dev.polyphony.budgets.BudgetExamples.tellExhausted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.budgets.BudgetCommand.ReportExhausted;
import dev.polyphony.budgets.BudgetLedger.Account;
import dev.polyphony.shared.MessageOrigin;
import java.util.List;
import org.axonframework.messaging.Message;
import org.junit.jupiter.api.Test;

/** Other nodes have spent, and died before they reported the history. */
class ExhaustedBudgetsTest {
    private static final BudgetLimits THOUSAND = limits(1000, null);
    private static final BudgetId THE_RUN = new BudgetId("per-run", ACME, "run:review-1", "all");

    private final RememberedLedger ledger = new RememberedLedger();
    private final RecordedHistory history = new RecordedHistory();
    private final ExhaustedBudgets exhausted = new ExhaustedBudgets(ledger, history.gateway());

    @Test
    void tellsWhatTheyLeftUntoldAndOnlyOnce() {
        ledger.add(List.of(new Account(TODAY, THOUSAND)), spent(1004, "0.2"));

        exhausted.reportUnreported();
        exhausted.reportUnreported();

        assertThat(history.reported()).hasSize(1);
        assertThat(history.reported().getFirst().getPayload()).isEqualTo(tellExhausted(THOUSAND, spent(1004, "0.2")));
        assertThat(MessageOrigin.of(history.reported().getFirst().getMetaData()))
                .isEqualTo(new MessageOrigin(ACME, "system:budgets", "budgets", "budgets"));
    }

    @Test
    void tellsOfBudgetsThatAreNotRenewed() {
        BudgetLimits dollar = limits(null, "1");
        ledger.add(List.of(new Account(THE_RUN, dollar)), spent(10, "1.00"));

        exhausted.reportUnreported();

        assertThat(history.reported())
                .extracting(Message::getPayload)
                .isEqualTo(List.of(new ReportExhausted(THE_RUN, dollar, spent(10, "1.00"), null)));
    }

    @Test
    void tellsNothingWhereSomethingIsLeft() {
        ledger.add(List.of(new Account(TODAY, THOUSAND), new Account(THE_RUN, THOUSAND)), spent(999, "0"));

        exhausted.reportUnreported();

        assertThat(history.reported()).isEmpty();
    }

    @Test
    void triesAgainWhenTheHistoryDoesNotListen() {
        ledger.add(List.of(new Account(TODAY, THOUSAND), new Account(THE_RUN, THOUSAND)), spent(1000, "0"));
        history.listensNot(new IllegalStateException("the database is gone"));
        exhausted.reportUnreported();
        assertThat(history.reported()).isEmpty();

        history.listensNot(null);
        exhausted.reportUnreported();

        assertThat(history.reported()).hasSize(2);
    }
}
