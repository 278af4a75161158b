package dev.polyphony.identity.web;

import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.Tier;
import dev.polyphony.identity.tenants.TenantAggregateId;
import dev.polyphony.identity.tenants.TenantChange;
import dev.polyphony.identity.tenants.TenantCommand.ChangeTenant;
import dev.polyphony.identity.tenants.TenantCommand.CreateTenant;
import dev.polyphony.identity.tenants.TenantCommand.DeleteTenant;
import dev.polyphony.identity.tenants.TenantProblem;
import dev.polyphony.identity.tenants.TenantProfile;
import dev.polyphony.identity.tenants.TenantQueries;
import dev.polyphony.identity.tenants.TenantQueries.TenantView;
import dev.polyphony.platform.openapi.ErrorCase;
import dev.polyphony.platform.security.RequiredScope;
import dev.polyphony.platform.web.WithoutIdempotencyKey;
import dev.polyphony.shared.TenantId;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Creates, shows, changes and deletes the tenants of the server. */
@RestController
@Tag(name = "Tenants", description = "Those who share the server and see nothing of one another.")
@RequestMapping("/api/v1/tenants")
class TenantController {
    private final CommandGateway commands;
    private final TenantQueries tenants;
    private final KeyIssuance keys;

    TenantController(CommandGateway commands, TenantQueries tenants, KeyIssuance keys) {
        this.commands = commands;
        this.tenants = tenants;
        this.keys = keys;
    }

    /**
     * A tenant to create.
     *
     * @param id names it for ever: 1 to 64 of a-z, 0-9, - and _
     * @param name how people recognise it, 1 to 100 characters; its id when absent
     * @param tier what it has booked: {@code free}, {@code basic}, {@code pro} or {@code enterprise}; {@code free} when absent
     * @param repositoriesRoot the folder of the server below which alone it reads repositories, an absolute path; when absent it reads none
     *     of this machine
     * @param adminKey whether to issue its first admin key, which the reply shows this once
     */
    record TenantOrder(
            @NotNull TenantId id,
            @Nullable @Size(max = 100) String name,
            @Nullable Tier tier,
            @Nullable @Size(max = 1000) String repositoriesRoot,
            @Nullable Boolean adminKey) {
        TenantProfile profile() {
            return new TenantProfile(
                    name == null ? id.value() : name, tier == null ? Tier.FREE : tier, readable(repositoriesRoot));
        }
    }

    /**
     * What is to be different; what is absent stays.
     *
     * @param name how people recognise it, 1 to 100 characters
     * @param tier what it has booked
     * @param repositoriesRoot the folder of the server below which alone it reads repositories, an absolute path; empty to take it away
     */
    record TenantChangeOrder(
            @Nullable @Size(max = 100) String name,
            @Nullable Tier tier,
            @Nullable @Size(max = 1000) String repositoriesRoot) {
        TenantChange change() {
            return new TenantChange(name, tier, readable(repositoriesRoot));
        }
    }

    /**
     * Which tenants to list.
     *
     * @param cursor the {@code next_cursor} of the page before
     * @param limit the most tenants, 1 to 1000; 50 when absent
     */
    record TenantPage(
            @Nullable String cursor,

            @Nullable @Min(value = 1, message = "1 to 1000") @Max(value = 1000, message = "1 to 1000")
            Integer limit) {
        private static final int DEFAULT_LIMIT = 50;

        int most() {
            return limit == null ? DEFAULT_LIMIT : limit;
        }

        @Nullable
        TenantId after() {
            return cursor == null ? null : known(cursor);
        }
    }

    /**
     * A page of tenants.
     *
     * @param tenants in the order of their ids
     * @param nextCursor send it as {@code cursor} to get the next page; null on the last page
     */
    record TenantList(List<TenantView> tenants, @Nullable String nextCursor) {}

    /**
     * A new tenant.
     *
     * @param tenant as it was created
     * @param adminKey its first admin key, shown this once; null when none was asked for
     */
    record CreatedTenant(TenantView tenant, KeyIssuance.@Nullable Issued adminKey) {}

    /** Creates a tenant, with its first admin key where that is asked for. */
    @PostMapping
    @WithoutIdempotencyKey("The id is the caller's own: a repeated request is refused and changes nothing.")
    @RolesAllowed("OPERATOR")
    @RequiredScope("tenants:admin")
    @ErrorCase(status = HttpStatus.CONFLICT, when = "The id is a tenant's, or was one's.")
    @ResponseStatus(HttpStatus.CREATED)
    CreatedTenant createTenant(@Valid @RequestBody TenantOrder body) {
        commands.sendAndWait(new CreateTenant(new TenantAggregateId(body.id()), body.profile()));
        boolean withKey = Boolean.TRUE.equals(body.adminKey());
        return new CreatedTenant(
                view(body.id()), withKey ? keys.issueFirst(ApiKeyId.of(UUID.randomUUID()), body.id()) : null);
    }

    /** Lists the tenants that are not deleted. */
    @GetMapping
    @RolesAllowed("OPERATOR")
    @RequiredScope("tenants:read")
    TenantList listTenants(@Valid @ParameterObject TenantPage page) {
        List<TenantView> found = tenants.list(page.after(), page.most() + 1);
        boolean more = found.size() > page.most();
        List<TenantView> shown = more ? found.subList(0, page.most()) : found;
        return new TenantList(shown, more ? shown.getLast().id().value() : null);
    }

    /**
     * Shows one tenant.
     *
     * @param id the tenant's id
     */
    @GetMapping("/{id}")
    @RolesAllowed("OPERATOR")
    @RequiredScope("tenants:read")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such tenant, or it was deleted.")
    TenantView getTenant(@PathVariable String id) {
        return view(known(id));
    }

    /**
     * Changes a tenant.
     *
     * @param id the tenant's id
     */
    @PatchMapping("/{id}")
    @RolesAllowed("OPERATOR")
    @RequiredScope("tenants:admin")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such tenant, or it was deleted.")
    TenantView changeTenant(@PathVariable String id, @Valid @RequestBody TenantChangeOrder body) {
        TenantId tenant = known(id);
        commands.sendAndWait(new ChangeTenant(new TenantAggregateId(tenant), body.change()));
        return view(tenant);
    }

    /**
     * Deletes a tenant for good. Its credentials count for nothing within a second, its runs are cancelled, its webhooks removed, and everybody
     * whom its data is about is erased. Its id is never used again.
     *
     * @param id the tenant's id
     */
    @DeleteMapping("/{id}")
    @RolesAllowed("OPERATOR")
    @RequiredScope("tenants:admin")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such tenant, or it was deleted.")
    @ErrorCase(status = HttpStatus.CONFLICT, when = "It is the system tenant.")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteTenant(@PathVariable String id) {
        commands.sendAndWait(new DeleteTenant(new TenantAggregateId(known(id))));
    }

    private TenantView view(TenantId tenant) {
        return tenants.find(tenant).orElseThrow(() -> TenantProblem.unknown(tenant));
    }

    private static TenantId known(String id) {
        try {
            return new TenantId(id);
        } catch (IllegalArgumentException impossible) {
            throw TenantProblem.TENANT_NOT_FOUND.because("there is no tenant of this id: " + impossible.getMessage());
        }
    }

    private static @Nullable String readable(@Nullable String root) {
        if (root != null && !root.isEmpty() && !isFolder(root)) {
            String rule = "an absolute path of a folder that the server can read";
            throw TenantProblem.TENANT_INVALID
                    .because("the repositories_root of a tenant is " + rule)
                    .about("repositories_root", root, rule);
        }
        return root;
    }

    private static boolean isFolder(String path) {
        try {
            return Files.isDirectory(Path.of(path)) && Files.isReadable(Path.of(path));
        } catch (InvalidPathException _) {
            return false;
        }
    }
}
