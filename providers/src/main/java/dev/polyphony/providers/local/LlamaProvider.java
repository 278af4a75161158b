package dev.polyphony.providers.local;

import dev.polyphony.providers.Capability;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ReplyRecorder;
import dev.polyphony.providers.structured.JsonReplies;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
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

    /** JSON by instructions alone: the library's grammars end the process when a schema is beyond them. */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.JSON, Capability.SEED);
    }

    @Override
    public ModelReply reply(ModelRequest request) {
        refuseWhatItCannotDo(request);
        return JsonReplies.checked(name, request, instructed -> answer(instructed, _ -> {}));
    }

    @Override
    public ModelReply stream(ModelRequest request, ReplyRecorder recorder) {
        refuseWhatItCannotDo(request);
        return JsonReplies.checkedAtTheEnd(name, request, instructed -> answer(instructed, recorder::onText));
    }

    private void refuseWhatItCannotDo(ModelRequest request) {
        Set<Capability> missing = request.needs();
        missing.removeAll(capabilities());
        if (!missing.isEmpty()) {
            throw ProviderProblem.PROVIDER_LACKS_CAPABILITY.because(
                    "%s with %s cannot do this: %s".formatted(name, model(), missing));
        }
    }

    /** The model's thread writes, this one tells. */
    private ModelReply answer(ModelRequest request, Consumer<String> listener) {
        AtomicBoolean abandoned = new AtomicBoolean();
        BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
        Future<ModelReply> reply = submit(request, pieces::add, abandoned);
        try {
            long end = System.nanoTime() + request.timeout().toNanos();
            for (String piece = next(pieces, end, request); !piece.isEmpty(); piece = next(pieces, end, request)) {
                listener.accept(piece);
            }
            return reply.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ProviderProblem.PROVIDER_CALL_CANCELLED.because(name + ": the call was cancelled");
        } catch (ExecutionException e) {
            throw failed(Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            abandoned.set(true);
            reply.cancel(false);
        }
    }

    private String next(BlockingQueue<String> pieces, long end, ModelRequest request) throws InterruptedException {
        String piece = pieces.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (piece == null) {
            throw ProviderProblem.PROVIDER_TIMED_OUT.because("%s had no complete reply after %d ms"
                    .formatted(name, request.timeout().toMillis()));
        }
        return piece;
    }

    private Future<ModelReply> submit(ModelRequest request, Consumer<String> pieces, AtomicBoolean abandoned) {
        try {
            return worker.submit(request, pieces, abandoned::get);
        } catch (RejectedExecutionException _) {
            throw ProviderProblem.PROVIDER_UNREACHABLE.because(name + " has been closed");
        }
    }

    private ProviderFailure failed(Throwable cause) {
        if (cause instanceof ProviderFailure failure) {
            return failure;
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
