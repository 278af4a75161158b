package dev.polyphony.webhooks;

import dev.polyphony.shared.Problem;
import dev.polyphony.shared.Rejection;

/** Why a request about webhooks is refused. */
public enum WebhookProblem implements Problem {
    /** A field of the registration breaks a rule. */
    WEBHOOK_INVALID(Kind.INVALID),
    /** No such endpoint: never registered, removed, or another tenant's. */
    WEBHOOK_UNKNOWN(Kind.NOT_FOUND);

    private final Kind kind;

    WebhookProblem(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    /** The refusal of everything that names an endpoint which is not there. */
    public static Rejection unknown(WebhookEndpointId endpointId) {
        return WEBHOOK_UNKNOWN.because(
                "there is no webhook " + endpointId + "; GET /api/v1/webhooks lists those that are registered");
    }
}
