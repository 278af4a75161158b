package dev.polyphony.identity.tenants;

import dev.polyphony.shared.Problem;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;

/** Why a request about tenants is refused. */
public enum TenantProblem implements Problem {
    /** A field of the tenant breaks a rule. */
    TENANT_INVALID(Kind.INVALID),
    /** There is no such tenant, or it was deleted. */
    TENANT_NOT_FOUND(Kind.NOT_FOUND),
    /** The id is a tenant's, or was one's. */
    TENANT_ID_TAKEN(Kind.CONFLICT),
    /** The server cannot be without its system tenant. */
    TENANT_REQUIRED(Kind.CONFLICT);

    private final Kind kind;

    TenantProblem(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    /** The refusal of everything that names a tenant which is not there. */
    public static Rejection unknown(TenantId tenant) {
        return TENANT_NOT_FOUND.because(
                "there is no tenant '" + tenant + "'; GET /api/v1/tenants lists those that there are");
    }
}
