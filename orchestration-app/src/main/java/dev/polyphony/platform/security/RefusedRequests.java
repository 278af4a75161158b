package dev.polyphony.platform.security;

import dev.polyphony.platform.errors.ErrorResponder;
import dev.polyphony.platform.errors.UnreadableRequest;
import dev.polyphony.platform.security.RefusalListener.Refusal;
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
    private final RefusalListener refusals;

    RefusedRequests(ErrorResponder errors, RefusalListener refusals) {
        this.errors = errors;
        this.refusals = refusals;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException refused)
            throws IOException {
        refusals.refused(Refusal.HOSTILE_PATH);
        errors.write(UnreadableRequest.path(), request, response);
    }
}
