package dev.polyphony.identity.jwt;

import dev.polyphony.identity.Caller;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.identity.Tenants;
import dev.polyphony.identity.wiring.SecuritySettings.Issuer;
import dev.polyphony.platform.errors.RefusedToken;
import dev.polyphony.platform.errors.RefusedToken.Reason;
import dev.polyphony.shared.TenantId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** Whom a verified token stands for. */
final class TokenCallers {
    private final Tenants tenants;

    TokenCallers(Tenants tenants) {
        this.tenants = tenants;
    }

    /** A user of ours and a name that the owner of an API key made up can never be taken for each other: only users have sessions. */
    Caller own(Jwt token) {
        TenantId tenant = tenant(token, AccessTokens.TENANT);
        String kind = token.hasClaim(AccessTokens.SESSION) ? "user:" : "subject:";
        Set<Role> roles = texts(token, AccessTokens.ROLES).stream()
                .map(TokenCallers::role)
                .collect(Collectors.toUnmodifiableSet());
        requireActive(tenant);
        return new Caller(
                tenant, kind + token.getSubject(), roles, scopes(token, AccessTokens.SCOPES), tenants.tier(tenant));
    }

    Caller external(Jwt token, Issuer issuer) {
        TenantId tenant = tenant(token, issuer);
        Set<Role> roles = texts(token, issuer.rolesClaim()).stream()
                .map(issuer.roles()::get)
                .filter(Objects::nonNull)
                .filter(role -> role != Role.OPERATOR || tenant.equals(TenantId.DEFAULT))
                .collect(Collectors.toUnmodifiableSet());
        Set<Scope> scopes = issuer.scopesClaim() == null ? Scope.ALL : scopes(token, issuer.scopesClaim());
        String actor = "external:" + token.getSubject() + "@" + issuer.issuer();
        requireActive(tenant);
        return new Caller(tenant, actor, roles, scopes, tenants.tier(tenant));
    }

    private void requireActive(TenantId tenant) {
        String refusal = tenants.refusal(tenant);
        if (refusal != null) {
            throw new RefusedToken(refusal, Reason.OTHER, null);
        }
    }

    private static TenantId tenant(Jwt token, Issuer issuer) {
        String claim = issuer.tenantClaim();
        return claim == null ? new TenantId(issuer.tenant()) : tenant(token, claim);
    }

    private static TenantId tenant(Jwt token, String claim) {
        String named = text(token.getClaims().get(claim));
        try {
            return new TenantId(named == null ? "" : named);
        } catch (IllegalArgumentException noTenant) {
            throw new RefusedToken(
                    "The token names no tenant: its claim '" + claim + "' has to be a tenant's id.",
                    Reason.OTHER,
                    noTenant);
        }
    }

    private static @Nullable String text(@Nullable Object claim) {
        return claim instanceof String text ? text : null;
    }

    private static Role role(String name) {
        return Role.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** What is no scope of ours allows nothing. */
    private static Set<Scope> scopes(Jwt token, String claim) {
        return texts(token, claim).stream().flatMap(TokenCallers::scope).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<Scope> scope(String text) {
        try {
            return Stream.of(new Scope(text));
        } catch (IllegalArgumentException noneOfOurs) {
            return Stream.empty();
        }
    }

    private static List<String> texts(Jwt token, String claim) {
        return switch (token.getClaims().get(claim)) {
            case Collection<?> values ->
                values.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            case String text ->
                Arrays.stream(text.split(" ")).filter(part -> !part.isEmpty()).toList();
            case null, default -> List.of();
        };
    }
}
