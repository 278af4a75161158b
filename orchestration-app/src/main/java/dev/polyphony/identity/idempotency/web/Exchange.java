package dev.polyphony.identity.idempotency.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;

/** A request on its way to the handler, and where the answer goes. */
record Exchange(RepeatableRequest request, HttpServletResponse response, FilterChain chain) {
    /** What has to be equal for two requests to be the same: the query and the body, byte by byte. */
    byte[] identity() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        String query = request.getQueryString();
        all.writeBytes((query == null ? "" : query).getBytes(UTF_8));
        all.write('\n');
        all.writeBytes(request.body());
        return all.toByteArray();
    }
}
