package dev.polyphony.identity.web;

import dev.polyphony.identity.ApiKeyCommand.RevokeApiKey;
import dev.polyphony.identity.ApiKeyCredentials;
import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.ApiKeyProblem;
import dev.polyphony.identity.ApiKeyQueries;
import dev.polyphony.identity.ApiKeyQueries.ApiKeyView;
import dev.polyphony.identity.Caller;
import dev.polyphony.platform.openapi.ErrorCase;
import dev.polyphony.platform.security.RequiredScope;
import dev.polyphony.platform.web.Idempotent;
import dev.polyphony.platform.web.NewId;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Issues, shows, renews and revokes the keys of a tenant. */
@RestController
@Tag(name = "API keys", description = "Credentials of programs that use the API.")
@RequestMapping("/api/v1/api-keys")
class ApiKeyController {
    private final CommandGateway commands;
    private final KeyIssuance issuance;
    private final ApiKeyQueries keys;
    private final ApiKeyCredentials credentials;

    ApiKeyController(CommandGateway commands, KeyIssuance issuance, ApiKeyQueries keys, ApiKeyCredentials credentials) {
        this.commands = commands;
        this.issuance = issuance;
        this.keys = keys;
        this.credentials = credentials;
    }

    /**
     * Which keys to list.
     *
     * @param cursor the {@code next_cursor} of the page before
     * @param limit the most keys, 1 to 1000; 50 when absent
     */
    record ApiKeyPage(
            @Nullable String cursor,

            @Nullable @Min(value = 1, message = "1 to 1000") @Max(value = 1000, message = "1 to 1000")
            Integer limit) {
        private static final int DEFAULT_LIMIT = 50;

        int most() {
            return limit == null ? DEFAULT_LIMIT : limit;
        }

        @Nullable
        ApiKeyId after() {
            return cursor == null ? null : new ApiKeyId(cursor);
        }
    }

    /**
     * A page of keys.
     *
     * @param apiKeys in the order of their ids
     * @param nextCursor send it as {@code cursor} to get the next page; null on the last page
     */
    record ApiKeyList(List<ApiKeyView> apiKeys, @Nullable String nextCursor) {}

    /** Issues a key. The reply shows it this once; it is stored nowhere. */
    @PostMapping
    @Idempotent(created = "id")
    @RolesAllowed("ADMIN")
    @RequiredScope("api-keys:admin")
    @ErrorCase(status = HttpStatus.FORBIDDEN, when = "The key would be allowed more than the caller.")
    @ResponseStatus(HttpStatus.CREATED)
    KeyIssuance.Issued issueKey(@Valid @RequestBody KeyIssuance.Order body, Caller caller, NewId newId) {
        return issuance.issue(ApiKeyId.of(newId.value()), caller, body);
    }

    /** Lists the keys of the tenant that are not revoked. */
    @GetMapping
    @RolesAllowed("ADMIN")
    @RequiredScope("api-keys:read")
    ApiKeyList listKeys(@Valid @ParameterObject ApiKeyPage page, Caller caller) {
        List<ApiKeyView> found = keys.list(caller.tenant(), page.after(), page.most() + 1);
        boolean more = found.size() > page.most();
        List<ApiKeyView> shown = more ? found.subList(0, page.most()) : found;
        return new ApiKeyList(shown, more ? shown.getLast().id().value() : null);
    }

    /**
     * Shows one key, without its secret.
     *
     * @param id the key's id, as it was returned when the key was issued
     */
    @GetMapping("/{id}")
    @RolesAllowed("ADMIN")
    @RequiredScope("api-keys:read")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such key, or it was revoked.")
    ApiKeyView getKey(@PathVariable String id, Caller caller) {
        ApiKeyId keyId = new ApiKeyId(id);
        return keys.find(caller.tenant(), keyId).orElseThrow(() -> ApiKeyProblem.unknown(keyId));
    }

    /**
     * Gives a key a new secret, shown this once. The old one counts on for a while.
     *
     * @param id the key's id, as it was returned when the key was issued
     */
    @PostMapping("/{id}/rotate")
    @Idempotent
    @RolesAllowed("ADMIN")
    @RequiredScope("api-keys:admin")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such key, or it was revoked.")
    @ErrorCase(status = HttpStatus.CONFLICT, when = "The key is a setting of the server.")
    KeyIssuance.Issued rotateKey(
            @PathVariable String id,
            @Valid @RequestBody(required = false) KeyIssuance.@Nullable Rotation body,
            Caller caller) {
        return issuance.rotate(caller, new ApiKeyId(id), body == null ? new KeyIssuance.Rotation(null) : body);
    }

    /**
     * Revokes a key for good. No node takes it any more when the reply is there, and none that remembers it for longer than half a second.
     *
     * @param id the key's id, as it was returned when the key was issued
     */
    @DeleteMapping("/{id}")
    @RolesAllowed("ADMIN")
    @RequiredScope("api-keys:admin")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such key, or it was revoked.")
    @ErrorCase(status = HttpStatus.CONFLICT, when = "The key is a setting of the server.")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revokeKey(@PathVariable String id, Caller caller) {
        ApiKeyId keyId = new ApiKeyId(id);
        commands.sendAndWait(new RevokeApiKey(keyId, caller.tenant()));
        credentials.revoke(keyId);
    }
}
