package dev.polyphony.providers.contract;

import static org.awaitility.Awaitility.await;

import dev.polyphony.providers.ProviderFailure;
import java.util.concurrent.atomic.AtomicReference;

/** A call that is made by a thread of its own. */
final class BackgroundCall {
    private final AtomicReference<Throwable> thrown = new AtomicReference<>();
    private final Thread thread;

    BackgroundCall(Runnable call) {
        thread = Thread.ofVirtual().start(() -> {
            try {
                call.run();
            } catch (RuntimeException e) {
                thrown.set(e);
            }
        });
    }

    void interruptOnceAsked(VendorServer server) throws InterruptedException {
        await().until(() -> server.requests() == 1);
        thread.interrupt();
        thread.join();
    }

    ProviderFailure failure() {
        if (thrown.get() instanceof ProviderFailure failure) {
            return failure;
        }
        throw new AssertionError("not a provider's failure", thrown.get());
    }
}
