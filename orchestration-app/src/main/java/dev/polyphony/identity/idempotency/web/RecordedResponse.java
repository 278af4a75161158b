package dev.polyphony.identity.idempotency.web;

import dev.polyphony.identity.idempotency.StoredAnswer;
import dev.polyphony.identity.idempotency.StoredAnswer.Header;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** What a handler answers, held back until it is kept. Headers that were there before are the server's own and not part of it. */
final class RecordedResponse extends ContentCachingResponseWrapper {
    private final Map<String, List<String>> before = new HashMap<>();

    RecordedResponse(HttpServletResponse response) {
        super(response);
        for (String name : response.getHeaderNames()) {
            before.put(name, List.copyOf(response.getHeaders(name)));
        }
    }

    StoredAnswer answer() {
        List<Header> headers = new ArrayList<>();
        if (getContentType() != null) {
            headers.add(new Header(HttpHeaders.CONTENT_TYPE, getContentType()));
        }
        for (String name : getHeaderNames()) {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)
                    && !name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)
                    && !List.copyOf(getHeaders(name)).equals(before.get(name))) {
                getHeaders(name).forEach(value -> headers.add(new Header(name, value)));
            }
        }
        return new StoredAnswer(getStatus(), headers, getContentAsByteArray());
    }
}
