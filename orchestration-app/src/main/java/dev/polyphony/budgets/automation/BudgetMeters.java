package dev.polyphony.budgets.automation;

import dev.polyphony.budgets.BudgetQueries;
import dev.polyphony.budgets.BudgetRule;
import dev.polyphony.budgets.BudgetView;
import dev.polyphony.platform.metrics.Sample;
import dev.polyphony.shared.TenantId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** How far each configured budget is used up. One that every tenant has is shown for the default tenant. */
@Component
class BudgetMeters implements MeterBinder {
    private static final int OWNERS = 100;

    private final BudgetQueries budgets;

    BudgetMeters(BudgetQueries budgets) {
        this.budgets = budgets;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        budgets.rules().forEach(rule -> {
            Sample<List<BudgetView>> sample = new Sample<>(() -> ofRule(rule));
            Gauge.builder("polyphony.budget.used", () -> sample.number(BudgetMeters::mostUsed))
                    .baseUnit("ratio")
                    .tag("budget", rule.name())
                    .description(
                            "Share of the budget that is spent in its period, 1 and more when calls are refused; of"
                                    + " several owners, that of the one who spent most")
                    .register(meters);
        });
    }

    private List<BudgetView> ofRule(BudgetRule rule) {
        TenantId tenant = Objects.requireNonNullElse(rule.tenant(), TenantId.DEFAULT);
        return budgets.of(tenant, OWNERS).stream()
                .filter(view -> view.name().equals(rule.name()))
                .toList();
    }

    private static double mostUsed(List<BudgetView> views) {
        return views.stream().mapToDouble(BudgetMeters::used).max().orElse(0);
    }

    private static double used(BudgetView view) {
        Long tokens = view.limits().tokens();
        var cost = view.limits().cost();
        return Math.max(
                tokens == null ? 0 : share((double) view.spent().tokens(), (double) tokens),
                cost == null ? 0 : share(view.spent().cost().doubleValue(), cost.doubleValue()));
    }

    /** Of a limit of nothing, everything is used. */
    private static double share(double spent, double limit) {
        return limit == 0 ? 1 : spent / limit;
    }
}
