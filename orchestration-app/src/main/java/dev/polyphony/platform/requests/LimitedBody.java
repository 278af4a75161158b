package dev.polyphony.platform.requests;

import dev.polyphony.platform.errors.ApiError;
import dev.polyphony.platform.errors.RefusedBody;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** The body of one request while it is read: no longer than it may be, sent in time, within the budget of all bodies, and text. */
final class LimitedBody extends ServletInputStream {
    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ServletInputStream body;
    private final Limits limits;
    private final BodyBudget budget;
    private final @Nullable BodyBudget share;
    private final long deadline;
    private final JsonTextCheck text = new JsonTextCheck();
    private long length;
    private long weight;

    /** @param bytes the longest that it may be */
    record Limits(DataSize bytes, Duration time) {}

    /** @param share what the tenant has of the budget; null when that is all of it */
    LimitedBody(ServletInputStream body, Limits limits, BodyBudget budget, @Nullable BodyBudget share) {
        this.body = body;
        this.limits = limits;
        this.budget = budget;
        this.share = share;
        this.deadline = System.nanoTime() + limits.time().toNanos();
    }

    static ApiError tooLong(DataSize limit) {
        return ApiError.of(
                HttpStatus.CONTENT_TOO_LARGE,
                "The request body is longer than this endpoint takes: at most %d bytes.".formatted(limit.toBytes()));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int most) throws IOException {
        int count = body.read(buffer, offset, most);
        if (count < 0) {
            refuse(text.end());
            return count;
        }
        length += count;
        if (length > limits.bytes().toBytes()) {
            throw new RefusedBody(tooLong(limits.bytes()));
        }
        if (System.nanoTime() - deadline > 0) {
            throw new RefusedBody(ApiError.of(
                    HttpStatus.REQUEST_TIMEOUT,
                    "The request body took longer than %d s to arrive."
                            .formatted(limits.time().toSeconds())));
        }
        long before = text.values();
        for (int i = offset; i < offset + count; i++) {
            refuse(text.accept(buffer[i] & 0xFF));
        }
        take(count + (text.values() - before) * JsonTextCheck.BYTES_PER_VALUE);
        return count;
    }

    private static void refuse(@Nullable String sentence) throws RefusedBody {
        if (sentence != null) {
            throw new RefusedBody(ApiError.of(HttpStatus.BAD_REQUEST, sentence));
        }
    }

    private void take(long bytes) throws RefusedBody {
        if (!budget.couldHold(weight + bytes) || (share != null && !share.couldHold(weight + bytes))) {
            throw new RefusedBody(ApiError.of(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "The request body has more values than the server has memory for. Send it in parts."));
        }
        if (share != null && !share.take(bytes)) {
            throw new RefusedBody(ApiError.of(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "Your requests that are being answered have bodies as large as you may have at once. Wait"
                                    + " for one of them.")
                    .retryAfter(RETRY_AFTER));
        }
        if (!budget.take(bytes)) {
            giveBack(share, bytes);
            throw new RefusedBody(ApiError.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "The server is reading as many request bodies as it has memory for. Try again.")
                    .retryAfter(RETRY_AFTER));
        }
        weight += bytes;
    }

    /** The request has been answered: what was read is not needed any more. */
    void release() {
        budget.giveBack(weight);
        giveBack(share, weight);
        weight = 0;
    }

    private static void giveBack(@Nullable BodyBudget share, long bytes) {
        if (share != null) {
            share.giveBack(bytes);
        }
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        throw new UnsupportedOperationException("bodies are read on the thread of their request");
    }
}
