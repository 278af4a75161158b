package dev.polyphony.identity;

import dev.polyphony.shared.Problem;
import dev.polyphony.shared.Rejection;

/** Why a request about API keys is refused. */
public enum ApiKeyProblem implements Problem {
    /** A field of the key breaks a rule. */
    API_KEY_INVALID(Kind.INVALID),
    /** No such key: never issued, revoked, or another tenant's. */
    API_KEY_NOT_FOUND(Kind.NOT_FOUND),
    /** The key would be allowed more than the caller. */
    API_KEY_EXCEEDS_CALLER(Kind.FORBIDDEN),
    /** The key is the server's configuration. */
    API_KEY_CONFIGURED(Kind.CONFLICT);

    private final Kind kind;

    ApiKeyProblem(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    public static Rejection configured(ApiKeyId keyId) {
        return API_KEY_CONFIGURED.because("the key " + keyId
                + " is the server's setting polyphony.api-key: change that and start the server again");
    }

    public static Rejection unknown(ApiKeyId keyId) {
        return API_KEY_NOT_FOUND.because(
                "there is no API key " + keyId + "; GET /api/v1/api-keys lists those that are not revoked");
    }
}
