package dev.polyphony.identity.users;

import dev.polyphony.shared.Problem;
import dev.polyphony.shared.Rejection;

/** Why a request about users is refused. */
public enum UserProblem implements Problem {
    /** A field breaks a rule. */
    USER_INVALID(Kind.INVALID),
    /** No such user: never created, deleted, or another tenant's. */
    USER_NOT_FOUND(Kind.NOT_FOUND),
    /** Somebody else logs in with this name. */
    USERNAME_TAKEN(Kind.CONFLICT),
    /** More rights than the caller has, or than there are in this tenant. */
    GRANT_FORBIDDEN(Kind.FORBIDDEN),
    /** Only users themselves may do this. */
    NOT_YOURSELF(Kind.FORBIDDEN),
    /** The password or code that proves who asks is wrong. */
    PROOF_WRONG(Kind.FORBIDDEN),
    /** A second factor is confirmed that was not begun, or begun where there is one. */
    MFA_STATE(Kind.CONFLICT);

    private final Kind kind;

    UserProblem(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    /** The refusal of everything that names a user who is not there. */
    public static Rejection unknown(UserId userId) {
        return USER_NOT_FOUND.because("There is no user " + userId + "; GET /api/v1/users lists those of this tenant.");
    }
}
