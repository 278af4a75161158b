package dev.polyphony.providers.local;

import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.shared.Rejection;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A GGUF file, run in this process by llama.cpp. Requests are answered one after the other; waiting counts against a
 * request's timeout. The file is loaded by the first request. A request that runs out of time is given up at once, but the
 * model still finishes reading its prompt before it turns to the next one.
 *
 * <p>Tokens are counted by the file's own tokenizer: of the prompt without a start token, and of the reply's text.
 */
public final class LlamaProvider implements ModelProvider, AutoCloseable {
    /** Tokens of prompt and reply together, unless the model was trained on fewer. */
    public static final int DEFAULT_CONTEXT_TOKENS = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(LlamaProvider.class);

    private final String name;
    private final GgufFile file;
    private final LlamaWorker worker;

    /** @param contextTokens the most tokens that prompt and reply may have together; memory grows with it */
    public LlamaProvider(String name, Path file, int contextTokens) {
        this.name = name;
        this.file = new GgufFile(file);
        this.worker = new LlamaWorker(name, this.file, contextTokens);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String model() {
        return file.model();
    }

    @Override
    public ModelReply reply(ModelRequest request) {
        AtomicBoolean abandoned = new AtomicBoolean();
        Future<ModelReply> reply = submit(request, abandoned);
        try {
            return reply.get(request.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw ProviderProblem.PROVIDER_TIMED_OUT.because("%s had no complete reply after %d ms"
                    .formatted(name, request.timeout().toMillis()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ProviderProblem.PROVIDER_UNREACHABLE.because(name + ": the call was interrupted");
        } catch (ExecutionException e) {
            throw failed(Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            abandoned.set(true);
            reply.cancel(false);
        }
    }

    private Future<ModelReply> submit(ModelRequest request, AtomicBoolean abandoned) {
        try {
            return worker.submit(request, abandoned::get);
        } catch (RejectedExecutionException _) {
            throw ProviderProblem.PROVIDER_UNREACHABLE.because(name + " has been closed");
        }
    }

    private Rejection failed(Throwable cause) {
        if (cause instanceof Rejection rejection) {
            return rejection;
        }
        LOG.warn("{} failed with {}", name, file.path(), cause);
        return ProviderProblem.PROVIDER_FAILED.because(
                "%s cannot answer with %s: %s".formatted(name, file.path().getFileName(), cause.getMessage()));
    }

    /** Waits until the native code has stopped, which takes at most as long as reading one prompt. */
    @Override
    public void close() {
        worker.close();
    }
}
