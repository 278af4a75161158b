package dev.polyphony.outbound;

import dev.polyphony.shared.Rejection;
import java.net.URI;

/**
 * Which addresses the server may call on behalf of users. Loopback, link-local, private and other special-purpose ranges
 * are refused unless the operator listed them. The outbound HTTP client applies the same rule again to the address it
 * really connects to, so a name that changes its address in between gains nothing.
 */
public interface OutboundPolicy {
    /**
     * Refuses a URL whose host is, or resolves to, an address that may not be called.
     * A host that does not resolve now passes: it is checked again when it is called.
     *
     * @param parameter the request field that carries the URL, to name it in the refusal
     * @throws Rejection {@link OutboundProblem#ADDRESS_FORBIDDEN} or {@link OutboundProblem#URL_INVALID}
     */
    void check(URI url, String parameter);
}
