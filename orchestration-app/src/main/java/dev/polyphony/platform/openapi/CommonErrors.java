package dev.polyphony.platform.openapi;

import io.swagger.v3.oas.models.Operation;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** The errors that operations have by their nature: since they take a key, a body or parameters. */
final class CommonErrors {
    private static final String ADMIN_ONLY = "Needs a key with the role";

    private CommonErrors() {}

    /** What each status means, by the status. */
    static Map<HttpStatus, String> of(String path, Operation operation) {
        Map<HttpStatus, String> errors = new EnumMap<>(HttpStatus.class);
        errors.put(
                HttpStatus.BAD_REQUEST,
                "The request cannot be read, or a parameter or field is unknown, missing or wrong; the body says"
                        + " which.");
        if (!operation.getSecurity().isEmpty()) {
            errors.put(HttpStatus.UNAUTHORIZED, "The request has no API key, or one that is not known.");
        }
        if (operation.getDescription().contains(ADMIN_ONLY)) {
            errors.put(HttpStatus.FORBIDDEN, "The key's role does not allow this; the body names the role that does.");
        }
        if (!operation.getSecurity().isEmpty()) {
            errors.put(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "The tenant has sent as many requests as it may; try again when `Retry-After` is over.");
        }
        if (operation.getRequestBody() != null) {
            errors.put(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "The body is larger than is read here; the body says what the limits are.");
        }
        if (operation.getRequestBody() != null && !isVendorPath(path)) {
            errors.put(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is not JSON: send `Content-Type: application/json`.");
        }
        if (!isVendorPath(path)) {
            errors.put(
                    HttpStatus.NOT_ACCEPTABLE,
                    "The `Accept` header names nothing that this operation can answer with.");
        }
        errors.put(HttpStatus.INTERNAL_SERVER_ERROR, "The server failed; its log tells more under the request id.");
        errors.putIfAbsent(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The database does not answer, or the server has too much to do; try again.");
        return errors;
    }

    /** The paths of OpenAI and Ollama read JSON whatever the headers say, as those vendors do. */
    private static boolean isVendorPath(String path) {
        return path.startsWith("/openai/") || path.startsWith("/ollama/");
    }
}
