package dev.polyphony.providers.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okio.AsyncTimeout;

/** Ends a call when nothing was heard for too long. It counts while we wait for the vendor, not while we work. */
final class IdleTimeout extends AsyncTimeout {
    private final Call call;
    private volatile boolean tooLong;

    IdleTimeout(Call call) {
        this.call = call;
    }

    void begin(Duration max) {
        timeout(max.toNanos(), TimeUnit.NANOSECONDS);
        enter();
    }

    void end() {
        exit();
    }

    /** Whether it was this that ended the call. */
    boolean hasTimedOut() {
        return tooLong;
    }

    @Override
    protected void timedOut() {
        tooLong = true;
        call.cancel();
    }
}
