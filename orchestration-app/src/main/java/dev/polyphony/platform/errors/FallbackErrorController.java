package dev.polyphony.platform.errors;

import jakarta.annotation.security.PermitAll;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what failed before it reached a controller, such as a request that the servlet container refuses. */
@Controller
class FallbackErrorController implements ErrorController {
    private final ErrorResponder errors;

    FallbackErrorController(ErrorResponder errors) {
        this.errors = errors;
    }

    /** Nothing, when an answer has broken off in the middle: what came after it would look like a part of it. */
    @RequestMapping("/error")
    @PermitAll
    @Nullable
    ResponseEntity<Object> error(HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            return null;
        }
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code instanceof Integer known ? HttpStatus.valueOf(known) : HttpStatus.NOT_FOUND;
        Throwable cause = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        return errors.entity(UnreadableRequest.of(status, cause, true), request);
    }
}
