package dev.polyphony.platform.errors;

import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.apache.coyote.BadRequestException;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.multipart.MultipartException;

/** Words for requests that cannot be read as HTTP, whoever noticed: the client's fault, and nothing for the log. */
public final class UnreadableRequest {
    /** The container tells this from other faults by its words only, which are those of the machine's language. */
    private static final String HEADERS_TOO_LARGE =
            StringManager.getManager(Http11InputBuffer.class).getString("iib.requestheadertoolarge.error");

    /** Tomcat's own limit. */
    private static final int MAX_HEADERS = 100;

    private static final String TOO_MANY_HEADERS =
            StringManager.getManager(MimeHeaders.class).getString("headers.maxCountFail", MAX_HEADERS);

    private UnreadableRequest() {}

    /** Null when the request is not to blame for the failure. */
    static @Nullable ApiError of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            ApiError error = error(cause);
            if (error != null) {
                return error;
            }
        }
        return null;
    }

    private static @Nullable ApiError error(Throwable cause) {
        return switch (cause) {
            case RefusedBody refused -> refused.error();
            case RefusedRequest refused -> refused.error();
            case InvalidParameterException parameters -> parameters(parameters.getErrorCode());
            case RequestRejectedException _ -> characters();
            case MultipartException _, InvalidMediaTypeException _, InvalidMimeTypeException _ -> mediaType();
            case UnsupportedCharsetException _, IllegalCharsetNameException _ -> mediaType();
            case BadRequestException _ -> of(HttpStatus.BAD_REQUEST);
            default -> null;
        };
    }

    /** A path with parts that lead elsewhere than they seem to. */
    public static ApiError path() {
        return ApiError.of(
                HttpStatus.BAD_REQUEST,
                "The path has a part that no endpoint has: '//', ';', '\\', '.' or '..' between slashes, or an escape"
                        + " of such a character.");
    }

    private static ApiError characters() {
        return ApiError.of(HttpStatus.BAD_REQUEST, "The request has a character that no text can hold, such as %00.");
    }

    private static ApiError mediaType() {
        return ApiError.of(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "The Content-Type cannot be read or is not taken here. Send 'Content-Type: application/json'.");
    }

    private static ApiError parameters(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null || known == HttpStatus.BAD_REQUEST
                ? ApiError.of(
                        HttpStatus.BAD_REQUEST,
                        "The parameters cannot be read: a '%' that two hexadecimal digits do not follow, bytes that are"
                                + " not UTF-8, or too many of them.")
                : of(known);
    }

    /** As the servlet container refuses, before a handler was looked for. */
    static ApiError of(HttpStatus status, @Nullable Throwable cause, boolean requestLineWasRead) {
        if (cause != null && HEADERS_TOO_LARGE.equals(cause.getMessage())) {
            return of(requestLineWasRead ? HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE : HttpStatus.URI_TOO_LONG);
        }
        return of(
                cause != null && TOO_MANY_HEADERS.equals(cause.getMessage())
                        ? HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                        : status);
    }

    private static ApiError of(HttpStatus status) {
        return ApiError.of(
                status,
                switch (status) {
                    case BAD_REQUEST ->
                        "The request cannot be read as HTTP: its first line, path, host, a header or the framing of its"
                                + " body is malformed.";
                    case METHOD_NOT_ALLOWED -> "This server does not answer that method.";
                    case CONTENT_TOO_LARGE -> "The request body is longer than is read here.";
                    case URI_TOO_LONG ->
                        "The request's URL is longer than is read here: at most 8 KB with its headers.";
                    case REQUEST_HEADER_FIELDS_TOO_LARGE ->
                        "The request's headers are more than is read here: at most 8 KB together, and 100 of them.";
                    case EXPECTATION_FAILED -> "The only expectation that is met here is 'Expect: 100-continue'.";
                    case NOT_IMPLEMENTED ->
                        "The method or Transfer-Encoding is not known here. Send GET, POST, PUT or DELETE, and a body"
                                + " plain or 'chunked'.";
                    case HTTP_VERSION_NOT_SUPPORTED -> "This server speaks HTTP/1.1 and HTTP/1.0.";
                    default -> status.getReasonPhrase();
                });
    }
}
