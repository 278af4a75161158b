package dev.polyphony.providers.http;

import java.io.IOException;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/** A response body that fails as soon as it has delivered more than its limit, counted after decompression. */
final class BoundedBody {
    private BoundedBody() {}

    static BufferedSource of(ResponseBody body, long limit) {
        return Okio.buffer(new Limited(body.source(), limit));
    }

    private static final class Limited extends ForwardingSource {
        private final long limit;
        private long delivered;

        Limited(Source source, long limit) {
            super(source);
            this.limit = limit;
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            long read = super.read(sink, byteCount);
            delivered += Math.max(read, 0);
            if (delivered > limit) {
                throw new ReplyTooLargeException(limit);
            }
            return read;
        }
    }
}
