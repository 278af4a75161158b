package dev.polyphony.platform.requests;

import jakarta.servlet.ServletRequest;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the bodies of one tenant's requests may weigh together, in bytes of memory.
 *
 * @param taken what they weigh now
 */
public record BodyShare(AtomicLong taken, long limit) {
    private static final String ATTRIBUTE = BodyShare.class.getName();

    /** The request's body counts against this one. */
    public void giveTo(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Null when there is none, so that only the server's budget counts. */
    static @Nullable BodyBudget of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof BodyShare share
                ? new BodyBudget(share.limit(), share.taken())
                : null;
    }
}
