package dev.polyphony.identity.web;

import dev.polyphony.identity.ApiKeyCommand.IssueApiKey;
import dev.polyphony.identity.ApiKeyCommand.RotateApiKey;
import dev.polyphony.identity.ApiKeyCredentials;
import dev.polyphony.identity.ApiKeyGrant;
import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.ApiKeyProblem;
import dev.polyphony.identity.ApiKeyQueries;
import dev.polyphony.identity.ApiKeyQueries.ApiKeyView;
import dev.polyphony.identity.ApiKeySecret;
import dev.polyphony.identity.Caller;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.identity.Tenants;
import dev.polyphony.shared.TenantId;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Issues a key together with its secret, which no event may carry. */
@Component
class KeyIssuance {
    private static final Duration USUAL_OVERLAP = Duration.ofDays(1);
    private static final int MAX_OVERLAP_SECONDS = 30 * 24 * 60 * 60;

    private final CommandGateway commands;
    private final ApiKeyCredentials credentials;
    private final ApiKeyQueries keys;
    private final Tenants tenants;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    KeyIssuance(
            CommandGateway commands, ApiKeyCredentials credentials, ApiKeyQueries keys, Tenants tenants, Clock clock) {
        this.commands = commands;
        this.credentials = credentials;
        this.keys = keys;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * A key to issue. It is allowed no more than the caller.
     *
     * @param name how people recognise it, 1 to 100 characters; the history names what is done with it {@code key:<name>}
     * @param description what it is for, at most 500 characters
     * @param roles what its holder may do; {@code user} when absent
     * @param scopes what the key may be used for, within the roles: {@code read}, {@code write} or {@code admin}, alone or after an area as in
     *     {@code webhooks:write}; the caller's own when absent
     * @param expiresAt from when on it counts no longer, in the future; never when absent
     * @param tenant whose data it opens; an operator may name any, everybody else their own, which it is when absent
     */
    @Schema(name = "ApiKeyOrder")
    record Order(
            @NotBlank @Size(max = 100) String name,
            @Nullable @Size(max = 500) String description,
            @Nullable @Size(min = 1, max = 4) Set<Role> roles,
            @Nullable @Size(min = 1, max = 50) Set<Scope> scopes,
            @Nullable Instant expiresAt,
            @Nullable TenantId tenant) {}

    /**
     * How to renew a key.
     *
     * @param overlapSeconds how long the old secret counts beside the new one, 0 to 2592000 (30 days); 86400 (a day) when absent
     */
    @Schema(name = "ApiKeyRotation")
    record Rotation(
            @Nullable
            @Min(value = 0, message = "0 to 2592000")
            @Max(value = MAX_OVERLAP_SECONDS, message = "0 to 2592000")
            Integer overlapSeconds) {
        Duration overlap() {
            return overlapSeconds == null ? USUAL_OVERLAP : Duration.ofSeconds(overlapSeconds);
        }
    }

    /**
     * A key with its secret, which is shown this once.
     *
     * @param id names the key in this API
     * @param name how people recognise it
     * @param key the secret: what callers send in {@code X-API-Key}
     * @param tenant whose data it opens
     * @param roles what its holder may do
     * @param scopes what the key may be used for, within the roles
     * @param expiresAt from when on it counts no longer; null when it never expires
     * @param oldValidUntil how long the secret before counts; null for a key that is new
     */
    @Schema(name = "ApiKeyIssued")
    record Issued(
            ApiKeyId id,
            String name,
            String key,
            TenantId tenant,
            Set<Role> roles,
            Set<Scope> scopes,
            @Nullable Instant expiresAt,
            @Nullable Instant oldValidUntil) {
        static Issued of(ApiKeyId id, ApiKeyGrant grant, ApiKeySecret secret, @Nullable Instant oldValidUntil) {
            return new Issued(
                    id,
                    grant.name(),
                    secret.value(),
                    grant.tenant(),
                    grant.roles(),
                    grant.scopes(),
                    grant.expiresAt(),
                    oldValidUntil);
        }
    }

    // The event first: a secret that no event tells of would open the API unseen. When the process dies in between,
    // nobody has got the key, and the next try with the same id gives it another secret.
    Issued issue(ApiKeyId keyId, Caller caller, Order order) {
        return issue(keyId, grant(caller, order), order.description() == null ? "" : order.description());
    }

    /** The key with which a new tenant begins. The operator who asks may have fewer rights than it: nothing is there yet that it opens. */
    Issued issueFirst(ApiKeyId keyId, TenantId tenant) {
        ApiKeyGrant grant = new ApiKeyGrant(tenant, "first-admin", Set.of(Role.ADMIN), Scope.ALL, null);
        return issue(keyId, grant, "made with the tenant");
    }

    private Issued issue(ApiKeyId keyId, ApiKeyGrant grant, String description) {
        ApiKeySecret secret = ApiKeySecret.generate(random);
        commands.sendAndWait(new IssueApiKey(keyId, grant, description));
        credentials.store(keyId, secret, grant, clock.instant());
        return Issued.of(keyId, grant, secret, null);
    }

    Issued rotate(Caller caller, ApiKeyId keyId, Rotation rotation) {
        if (keyId.isConfigured()) {
            throw ApiKeyProblem.configured(keyId);
        }
        ApiKeyView key = keys.find(caller.tenant(), keyId).orElseThrow(() -> ApiKeyProblem.unknown(keyId));
        ApiKeyGrant grant = new ApiKeyGrant(key.tenant(), key.name(), key.roles(), key.scopes(), key.expiresAt());
        requireNoMore(caller, grant);
        Instant oldValidUntil = clock.instant().plus(rotation.overlap()).truncatedTo(ChronoUnit.MILLIS);
        ApiKeySecret secret = ApiKeySecret.generate(random);
        commands.sendAndWait(new RotateApiKey(keyId, caller.tenant(), oldValidUntil));
        credentials.store(keyId, secret, grant, oldValidUntil);
        return Issued.of(keyId, grant, secret, oldValidUntil);
    }

    private ApiKeyGrant grant(Caller caller, Order order) {
        TenantId tenant = order.tenant() == null ? caller.tenant() : order.tenant();
        if (!tenant.equals(caller.tenant()) && !caller.is(Role.OPERATOR)) {
            throw ApiKeyProblem.API_KEY_EXCEEDS_CALLER
                    .because("only an operator issues keys of another tenant than their own, '%s'"
                            .formatted(caller.tenant()))
                    .about("tenant", tenant.value(), caller.tenant().value());
        }
        requireActive(tenant);
        Instant now = clock.instant();
        if (order.expiresAt() != null && !order.expiresAt().isAfter(now)) {
            throw ApiKeyProblem.API_KEY_INVALID
                    .because("expires_at is a time in the future, not %s; it is %s now"
                            .formatted(order.expiresAt(), now.truncatedTo(ChronoUnit.SECONDS)))
                    .about("expires_at", order.expiresAt().toString(), "a time in the future");
        }
        ApiKeyGrant grant = new ApiKeyGrant(
                tenant,
                order.name(),
                order.roles() == null ? Set.of(Role.USER) : order.roles(),
                order.scopes() == null ? caller.scopes() : order.scopes(),
                order.expiresAt());
        requireNoMore(caller, grant);
        return grant;
    }

    private void requireActive(TenantId tenant) {
        if (!tenants.now(tenant).isActive()) {
            throw ApiKeyProblem.API_KEY_INVALID
                    .because("there is no tenant '%s'; an operator creates it with POST /api/v1/tenants"
                            .formatted(tenant))
                    .about("tenant", tenant.value(), "the id of a tenant, as GET /api/v1/tenants lists them");
        }
    }

    private static void requireNoMore(Caller caller, ApiKeyGrant grant) {
        if (!caller.mayGrant(grant.roles(), grant.scopes())) {
            throw ApiKeyProblem.API_KEY_EXCEEDS_CALLER.because(
                    "a key is allowed no more than its issuer: you have the roles %s and the scopes %s, not all of %s and %s"
                            .formatted(caller.roles(), caller.scopes(), grant.roles(), grant.scopes()));
        }
    }
}
