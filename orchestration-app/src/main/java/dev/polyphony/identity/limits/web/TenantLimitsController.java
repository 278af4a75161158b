package dev.polyphony.identity.limits.web;

import dev.polyphony.identity.Tenants;
import dev.polyphony.identity.Tier;
import dev.polyphony.identity.limits.Limit;
import dev.polyphony.identity.limits.Limits;
import dev.polyphony.identity.limits.TenantLimitQueries;
import dev.polyphony.identity.limits.TenantLimitsCommand.ChangeLimits;
import dev.polyphony.identity.limits.TenantLimitsId;
import dev.polyphony.platform.errors.ApiError;
import dev.polyphony.platform.errors.RefusedRequest;
import dev.polyphony.platform.security.RequiredScope;
import dev.polyphony.shared.TenantId;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows and changes what a tenant may send. */
@RestController
@Tag(name = "Limits", description = "How many requests a tenant may send, and how many at once.")
@RequestMapping("/api/v1/tenants/{tenant}/limits")
class TenantLimitsController {
    private final CommandGateway commands;
    private final TenantLimitQueries queries;
    private final Tenants tenants;

    TenantLimitsController(CommandGateway commands, TenantLimitQueries queries, Tenants tenants) {
        this.commands = commands;
        this.queries = queries;
        this.tenants = tenants;
    }

    /**
     * The limits of a tenant.
     *
     * @param tenant whose they are
     * @param tier what it has booked
     * @param limits all that count, by their names
     * @param decided those of them that were decided for this tenant and are not its tier's
     */
    @Schema(name = "TenantLimits")
    record LimitsReply(TenantId tenant, Tier tier, Map<String, Long> limits, Map<String, Long> decided) {}

    /**
     * What to decide.
     *
     * @param limits by their names; what is left out is as the tier has it
     */
    @Schema(name = "TenantLimitsChange")
    record LimitsBody(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            Map<Limit, Long> limits) {}

    /**
     * Shows the limits of a tenant. Those of its tier, and what was decided instead.
     *
     * @param tenant the tenant's id
     */
    @GetMapping
    @RolesAllowed("OPERATOR")
    @RequiredScope("tenants:read")
    LimitsReply getTenantLimits(@PathVariable String tenant) {
        return reply(tenant(tenant));
    }

    /**
     * Changes the limits of a tenant. Every node follows within a second; a limit that is changed begins anew.
     *
     * @param tenant the tenant's id
     */
    @PutMapping
    @RolesAllowed("OPERATOR")
    @RequiredScope("tenants:admin")
    LimitsReply changeTenantLimits(@PathVariable String tenant, @RequestBody LimitsBody body) {
        TenantId tenantId = tenant(tenant);
        commands.sendAndWait(new ChangeLimits(TenantLimitsId.of(tenantId), tenantId, limits(body)));
        return reply(tenantId);
    }

    private LimitsReply reply(TenantId tenant) {
        Tier tier = tenants.tier(tenant);
        Limits decided = queries.decided(tenant);
        return new LimitsReply(
                tenant, tier, new TreeMap<>(queries.limits(tenant, tier).byName()), new TreeMap<>(decided.byName()));
    }

    private static TenantId tenant(String value) {
        try {
            return new TenantId(value);
        } catch (IllegalArgumentException wrong) {
            throw invalid("tenant", value, wrong, "1 to 64 of a-z, 0-9, - and _");
        }
    }

    private static Limits limits(LimitsBody body) {
        if (body.limits() == null) {
            throw new RefusedRequest(
                    ApiError.invalid("limits", null, "'limits' is missing; give numbers by their names", "an object"));
        }
        try {
            return new Limits(body.limits());
        } catch (IllegalArgumentException wrong) {
            throw invalid("limits", body.limits().toString(), wrong, "numbers of 1 to " + Limits.MAX);
        }
    }

    private static RefusedRequest invalid(
            String field, String provided, IllegalArgumentException wrong, String expected) {
        return new RefusedRequest(ApiError.invalid(field, provided, String.valueOf(wrong.getMessage()), expected));
    }
}
