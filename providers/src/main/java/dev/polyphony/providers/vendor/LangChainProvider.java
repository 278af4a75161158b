package dev.polyphony.providers.vendor;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.polyphony.providers.Capability;
import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ReplyRecorder;
import dev.polyphony.providers.client.CallLimits;
import dev.polyphony.providers.client.CurrentCall;
import dev.polyphony.providers.client.HttpFailure;
import dev.polyphony.providers.client.VendorCall;
import dev.polyphony.providers.client.VendorClient;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.config.Timeouts;
import dev.polyphony.providers.structured.JsonReplies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** A model that a vendor serves over HTTP, asked through LangChain4j in the vendor's dialect. */
public final class LangChainProvider implements ModelProvider {
    private static final long MAX_REPLY_BYTES = 8L * 1024 * 1024;

    /** Of the largest vectors in use, 3072 numbers each, this many fit in an answer. */
    private static final int TEXTS_AT_ONCE = 96;

    /** Not found, not allowed there, not implemented. */
    private static final Set<Integer> NO_SUCH_RESOURCE = Set.of(404, 405, 501);

    private final ProviderConfig config;
    private final Dialect dialect;
    private final VendorClient client;
    private final FailureTranslation failures;
    private final RequestTranslation conversation;
    private final ResponseTranslation replies;

    public LangChainProvider(ProviderConfig config, Dialect dialect, OkHttpClient outbound) {
        this.config = config;
        this.dialect = dialect;
        this.client = new VendorClient(outbound, config.timeouts().connect());
        this.failures = new FailureTranslation(config);
        this.conversation = new RequestTranslation(config, dialect);
        this.replies = new ResponseTranslation(config, dialect);
    }

    @Override
    public String name() {
        return config.name();
    }

    @Override
    public String model() {
        return config.model();
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.copyOf(dialect.capabilities());
        if (config.embeddingModel() == null) {
            capabilities.remove(Capability.EMBEDDINGS);
        }
        return capabilities;
    }

    @Override
    public Optional<Set<String>> models(Duration timeout) {
        ModelList list = dialect.models();
        try {
            String answer = call(timeout).execute(list.request()).body();
            return Optional.of(list.in(answer)
                    .orElseThrow(() -> ProviderProblem.PROVIDER_REPLY_MALFORMED.because(
                            name() + " sent something that is not a list of models")));
        } catch (RuntimeException e) { // as below
            if (e instanceof HttpFailure answered && NO_SUCH_RESOURCE.contains(answered.statusCode())) {
                return Optional.empty();
            }
            throw failures.of(e);
        }
    }

    @Override
    public ModelReply reply(ModelRequest request) {
        request.needs().forEach(this::require);
        return JsonReplies.checked(name(), request, this::ask);
    }

    @Override
    public ModelReply stream(ModelRequest request, ReplyRecorder recorder) {
        request.needs().forEach(this::require);
        return JsonReplies.checkedAtTheEnd(name(), request, instructed -> askStreaming(instructed, recorder));
    }

    private ModelReply ask(ModelRequest request) {
        try {
            ChatRequest asked = conversation.of(request);
            return replies.of(
                    CurrentCall.through(call(request), () -> dialect.chat().chat(asked)));
        } catch (
                RuntimeException
                        e) { // LangChain4j throws many types, and bare ones when the answer is not a completion
            throw failures.of(e);
        }
    }

    private ModelReply askStreaming(ModelRequest request, ReplyRecorder recorder) {
        try {
            VendorCall call = call(request);
            ReplyStream stream = new ReplyStream(call, recorder);
            ChatRequest asked = conversation.of(request);
            CurrentCall.through(call, () -> {
                dialect.streaming().chat(asked, stream);
                return stream;
            });
            return replies.of(stream.response(), recorder.text(), recorder.calls());
        } catch (ReplyStream.ListenerThrew e) {
            throw e.thrown();
        } catch (RuntimeException e) { // as above
            throw failures.of(e);
        }
    }

    @Override
    public Embeddings embed(List<String> texts, Duration timeout) {
        require(Capability.EMBEDDINGS);
        String model = String.valueOf(config.embeddingModel());
        long end = System.nanoTime() + timeout.toNanos();
        List<float[]> vectors = new ArrayList<>();
        Integer tokens = 0;
        for (int from = 0; from < texts.size(); from += TEXTS_AT_ONCE) {
            List<String> some = texts.subList(from, Math.min(from + TEXTS_AT_ONCE, texts.size()));
            EmbeddingResponse response = embed(some, Duration.ofNanos(end - System.nanoTime()), tokens);
            response.embeddings().stream().map(Embedding::vector).forEach(vectors::add);
            tokens = plus(tokens, response);
        }
        if (vectors.stream().mapToInt(vector -> vector.length).distinct().count() != 1) {
            throw ProviderProblem.PROVIDER_REPLY_MALFORMED.because(name() + " sent vectors of different lengths");
        }
        return new Embeddings(vectors, model, tokens);
    }

    /** @param before tokens that the batches before cost; null when they were not counted */
    private EmbeddingResponse embed(List<String> texts, Duration left, @Nullable Integer before) {
        try {
            return embedBatch(texts, left);
        } catch (ProviderFailure failure) {
            throw before == null || before == 0 ? failure : failure.afterSpending(new TokenUsage(before, 0));
        }
    }

    private EmbeddingResponse embedBatch(List<String> texts, Duration left) {
        try {
            EmbeddingRequest asked = EmbeddingRequest.builder()
                    .inputs(texts.toArray(String[]::new))
                    .build();
            EmbeddingResponse response =
                    CurrentCall.through(call(left), () -> dialect.embeddings().embed(asked));
            if (response.embeddings().size() != texts.size()) {
                throw ProviderProblem.PROVIDER_REPLY_MALFORMED.because("%s sent %d vectors for %d texts"
                        .formatted(name(), response.embeddings().size(), texts.size()));
            }
            return response;
        } catch (ProviderFailure e) {
            throw e;
        } catch (RuntimeException e) { // as above
            throw failures.of(e);
        }
    }

    private static @Nullable Integer plus(@Nullable Integer tokens, EmbeddingResponse response) {
        boolean counted = response.tokenUsage() != null && response.tokenUsage().inputTokenCount() != null;
        return tokens == null || !counted
                ? null
                : Integer.valueOf(tokens + response.tokenUsage().inputTokenCount());
    }

    private VendorCall call(ModelRequest request) {
        return client.call(limits(request.timeout()), dialect.rules(), sent -> dialect.complete(sent, request));
    }

    private VendorCall call(Duration timeout) {
        return client.call(limits(timeout), dialect.rules(), UnaryOperator.identity());
    }

    private CallLimits limits(Duration timeout) {
        if (timeout.toMillis() < 1) {
            throw ProviderProblem.PROVIDER_TIMED_OUT.because(name() + ": no time was left");
        }
        Timeouts timeouts = config.timeouts();
        return new CallLimits(timeouts.firstToken(), timeouts.idle(), timeout, MAX_REPLY_BYTES);
    }

    private void require(Capability capability) {
        if (!capabilities().contains(capability)) {
            throw ProviderProblem.PROVIDER_LACKS_CAPABILITY.because("%s with %s cannot do this: %s"
                    .formatted(name(), model(), capability.name().toLowerCase(Locale.ROOT)));
        }
    }
}
