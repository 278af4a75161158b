package dev.polyphony.providers.client;

import dev.langchain4j.exception.HttpException;
import okhttp3.Headers;

/** A server answered with an error: by its status, or with an error in place of a reply. The message is the answer's body. */
public final class HttpFailure extends HttpException {
    private static final long serialVersionUID = 1L;

    private final transient Headers headers;

    /** @param status 200 to 299 when the error was told in the body alone */
    public HttpFailure(int status, String body, Headers headers) {
        super(status, body);
        this.headers = headers;
    }

    public Headers headers() {
        return headers;
    }

    /** Whether the status was fine and the error came in the body, or in the middle of a stream. */
    public boolean behindSuccess() {
        return statusCode() >= 200 && statusCode() < 300;
    }
}
