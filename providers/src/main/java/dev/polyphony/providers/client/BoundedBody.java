package dev.polyphony.providers.client;

import java.io.IOException;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/** A response body that fails as soon as it has delivered more than its limit, counted after decompression. */
final class BoundedBody extends ForwardingSource {
    private static final long BEGINNING = 16_384;

    private final long limit;
    private final Buffer beginning = new Buffer();
    private long delivered;
    private boolean stopped;

    BoundedBody(ResponseBody body, long limit) {
        super(body.source());
        this.limit = limit;
    }

    static BufferedSource of(ResponseBody body, long limit) {
        return Okio.buffer(new BoundedBody(body, limit));
    }

    /** Makes the rest look as if the body had ended here. */
    void stop() {
        stopped = true;
    }

    /** The first 16 KiB of what was delivered. */
    byte[] beginning() {
        return beginning.snapshot().toByteArray();
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
        if (stopped) {
            return -1;
        }
        long read = super.read(sink, byteCount);
        if (read > 0) {
            sink.copyTo(beginning, sink.size() - read, Math.min(read, Math.max(BEGINNING - delivered, 0)));
            delivered += read;
        }
        if (delivered > limit) {
            throw new ReplyTooLargeException(limit);
        }
        return read;
    }
}
