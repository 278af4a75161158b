package dev.polyphony.providers.resilience;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who makes a call and of what, so that one caller, or one request, does not speak for all.
 *
 * @param caller whose call it is, such as a tenant
 * @param request the same for the same request
 */
public record CallOrigin(String caller, int request) {
    private static final AtomicInteger UNKNOWN = new AtomicInteger();

    /** Nobody in particular makes it; each is a request of its own. */
    public static CallOrigin unknown() {
        return new CallOrigin("", UNKNOWN.incrementAndGet());
    }
}
