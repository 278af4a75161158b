package dev.polyphony.identity.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.identity.Caller;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.identity.Tenants;
import dev.polyphony.identity.wiring.SecuritySettings;
import dev.polyphony.shared.TenantId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The one token that may be configured for all users of the system tenant. */
@Component
final class StaticToken {
    /** The name of this credential; ids of API keys look otherwise. */
    static final String CREDENTIAL = "static-token";

    private final byte @Nullable [] token;
    private final Tenants tenants;

    StaticToken(SecuritySettings settings, Tenants tenants) {
        this.token =
                settings.acceptedStaticToken().map(text -> text.getBytes(UTF_8)).orElse(null);
        this.tenants = tenants;
    }

    /** Null when there is none. */
    byte @Nullable [] token() {
        return token;
    }

    CallerPrincipal principal() {
        TenantId tenant = TenantId.DEFAULT;
        Caller caller = new Caller(tenant, "token:static", Set.of(Role.USER), Scope.ALL, tenants.tier(tenant));
        return CallerPrincipal.of(CREDENTIAL, caller);
    }
}
