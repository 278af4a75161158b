package dev.polyphony.budgets.web;

import dev.polyphony.budgets.BudgetQueries;
import dev.polyphony.budgets.BudgetView;
import dev.polyphony.identity.Caller;
import dev.polyphony.platform.security.RequiredScope;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the caller's tenant may spend and has spent, for operators. */
@RestController
@Tag(name = "Budgets", description = "What may be spent on models, and what is spent.")
@RequestMapping("/api/v1/budgets")
class BudgetController {
    private final BudgetQueries queries;

    BudgetController(BudgetQueries queries) {
        this.queries = queries;
    }

    /** @param limit of a budget that agents or runs have each, so many of those who spent last, 1 to 1000; 50 when absent */
    record Most(
            @Nullable @Min(value = 1, message = "1 to 1000") @Max(value = 1000, message = "1 to 1000")
            Integer limit) {
        private static final int DEFAULT_LIMIT = 50;

        int max() {
            return limit == null ? DEFAULT_LIMIT : limit;
        }
    }

    /**
     * The budgets of the key's tenant.
     *
     * @param budgets in the order in which they are configured
     */
    record BudgetList(List<BudgetView> budgets) {}

    /** Lists the budgets of the key's tenant. With what is spent and left in the current period. */
    @GetMapping
    @RolesAllowed("ADMIN")
    @RequiredScope("budgets:read")
    BudgetList listBudgets(@Valid @ParameterObject Most max, Caller caller) {
        return new BudgetList(queries.of(caller.tenant(), max.max()));
    }
}
