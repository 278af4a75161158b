package dev.polyphony.providers.client;

import java.io.IOException;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/** A response body that fails as soon as it has delivered more than its limit, counted after decompression. */
final class BoundedBody extends ForwardingSource {
    private final long limit;
    private long delivered;

    BoundedBody(ResponseBody body, long limit) {
        super(body.source());
        this.limit = limit;
    }

    static BufferedSource of(ResponseBody body, long limit) {
        return Okio.buffer(new BoundedBody(body, limit));
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
        long read = super.read(sink, byteCount);
        if (read > 0) {
            delivered += read;
        }
        if (delivered > limit) {
            throw new ReplyTooLargeException(limit);
        }
        return read;
    }
}
