package dev.polyphony.providers.local;

import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderProblem;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that loads, asks and closes a model. */
final class LlamaWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LlamaWorker.class);

    /** A large model on a slow machine reads a full context that long, and cannot be interrupted meanwhile. */
    private static final int CLOSE_TIMEOUT_MINUTES = 5;

    private final String name;
    private final GgufFile file;
    private final int contextTokens;
    private final ExecutorService thread;
    private volatile boolean closing;
    private @Nullable LlamaSession session; // touched by the thread only

    LlamaWorker(String name, GgufFile file, int contextTokens) {
        this.name = name;
        this.file = file;
        this.contextTokens = contextTokens;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("llama-" + name).factory());
    }

    /**
     * @param pieces told each piece of the text; at the end, whatever it is, an empty one
     * @param abandoned whether nobody waits for the reply any more
     */
    Future<ModelReply> submit(ModelRequest request, Consumer<String> pieces, BooleanSupplier abandoned) {
        return thread.submit(() -> {
            try {
                LlamaAnswer answer = new LlamaAnswer(name, file.model(), session());
                return answer.to(request, pieces, () -> closing || abandoned.getAsBoolean());
            } finally {
                pieces.accept("");
            }
        });
    }

    private LlamaSession session() throws IOException {
        if (closing) {
            throw ProviderProblem.PROVIDER_UNREACHABLE.because(name + " has been closed");
        }
        if (session == null) {
            long trained = file.trainedContext().orElse(contextTokens);
            int context = Math.clamp(trained, 1, contextTokens);
            session = opened(context);
            LOG.info("{} serves {} with a context of {} tokens", name, file.model(), context);
        }
        return session;
    }

    private LlamaSession opened(int context) {
        try {
            return LlamaSession.open(file.path(), context);
        } catch (RuntimeException e) { // the library's own exception type is not public, and its message says nothing
            LOG.debug("{} could not be loaded", file.path(), e);
            throw ProviderProblem.PROVIDER_FAILED.because(
                    "%s cannot load %s: the file is incomplete, or newer than the llama.cpp in this server (build 4916)"
                            .formatted(name, file.path().getFileName()));
        }
    }

    /** The native code must be closed by its own thread, behind what it is doing. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        Future<?> closed = thread.submit(this::closeSession);
        thread.shutdown();
        try {
            closed.get(CLOSE_TIMEOUT_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("{} was not closed cleanly", name, e);
        }
    }

    private void closeSession() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
