package dev.polyphony.outbound.http;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps OkHttp from sending a request a second time by itself: it does so on a 503 whose {@code Retry-After} is zero, and fails on
 * one that is no integer of 32 bits. The header passes by it under another name.
 */
final class SingleExchange {
    private static final String VISIBLE = "Retry-After";
    private static final String CONCEALED = "polyphony-concealed-retry-after";
    private static final int SWITCHING_PROTOCOLS = 101;

    /** Next to the network. An answer of 101 ends the connection, which speaks another protocol from then on. */
    static final Interceptor CONCEAL = chain -> {
        Response response = chain.proceed(chain.request());
        boolean asked = "upgrade".equalsIgnoreCase(chain.request().header("Connection"));
        if (response.code() == SWITCHING_PROTOCOLS && !asked) {
            if (chain.connection() != null) {
                chain.connection().socket().close();
            }
            throw new ProtocolException("the server answered 101 and switched to a protocol that was not asked for");
        }
        return renamed(response, VISIBLE, CONCEALED);
    };

    /** Next to the caller. */
    static final Interceptor RESTORE = chain -> renamed(chain.proceed(chain.request()), CONCEALED, VISIBLE);

    private SingleExchange() {}

    private static Response renamed(Response response, String from, String to) throws IOException {
        List<String> values = response.headers(from);
        if (values.isEmpty()) {
            return response;
        }
        Headers.Builder headers = response.headers().newBuilder().removeAll(from);
        values.forEach(value -> headers.addUnsafeNonAscii(to, value));
        return response.newBuilder().headers(headers.build()).build();
    }
}
