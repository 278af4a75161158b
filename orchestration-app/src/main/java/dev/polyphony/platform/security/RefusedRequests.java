package dev.polyphony.platform.security;

import dev.polyphony.platform.errors.ErrorResponder;
import dev.polyphony.platform.errors.UnreadableRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/** Answers a request whose path Spring Security's firewall lets nobody ask for. */
@Component
final class RefusedRequests implements RequestRejectedHandler {
    private final ErrorResponder errors;

    RefusedRequests(ErrorResponder errors) {
        this.errors = errors;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException refused)
            throws IOException {
        errors.write(UnreadableRequest.path(), request, response);
    }
}
