package dev.polyphony.providers.vendor;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
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
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.chat.ReplyRecorder;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.client.CallLimits;
import dev.polyphony.providers.client.CurrentCall;
import dev.polyphony.providers.client.HttpFailure;
import dev.polyphony.providers.client.VendorCall;
import dev.polyphony.providers.client.VendorClient;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.config.Timeouts;
import dev.polyphony.providers.reply.ReplyDraft;
import dev.polyphony.providers.structured.JsonReplies;
import dev.polyphony.shared.secrets.SecretDetector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** A model that a vendor serves over HTTP. LangChain4j writes the requests; the vendor's dialect reads the answers. */
public final class LangChainProvider implements ModelProvider {
    private static final ReplyListener NOBODY = new ReplyListener() {
        @Override
        public void onText(String piece) {}

        @Override
        public void onToolCall(ToolCall call) {}
    };

    /** LangChain4j insists on a listener; no answer comes to it. */
    private static final StreamingChatResponseHandler UNHEARD = new StreamingChatResponseHandler() {
        @Override
        public void onCompleteResponse(ChatResponse response) {}

        @Override
        public void onError(Throwable error) {}
    };

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
        this.replies = new ResponseTranslation(config);
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
        return JsonReplies.checked(
                name(), request, asked -> ask(asked, new ReplyRecorder(NOBODY, System::nanoTime), false));
    }

    @Override
    public ModelReply stream(ModelRequest request, ReplyRecorder recorder) {
        request.needs().forEach(this::require);
        return JsonReplies.checkedAtTheEnd(name(), request, asked -> ask(asked, recorder, true));
    }

    private ModelReply ask(ModelRequest request, ReplyRecorder recorder, boolean streamed) {
        ReplyDraft draft = new ReplyDraft(recorder);
        try {
            send(request, draft, streamed);
            return replies.of(draft, recorder);
        } catch (RuntimeException e) { // LangChain4j throws many types when it cannot write a request
            if (recorder.thrown() != null) {
                throw recorder.thrown();
            }
            throw failures.of(e);
        }
    }

    /** A request that is refused for a parameter's name is sent once more in other words: nothing was billed for it. */
    private void send(ModelRequest request, ReplyDraft draft, boolean streamed) {
        long begin = System.nanoTime();
        HttpRequest written = written(request, streamed);
        try {
            call(request.timeout()).read(written, dialect.reader(draft), streamed);
        } catch (HttpFailure refusal) {
            HttpRequest other = dialect.reworded(written, refusal).orElseThrow(() -> refusal);
            Duration left = request.timeout().minusNanos(System.nanoTime() - begin);
            call(left).read(other, dialect.reader(draft), streamed);
        }
    }

    private HttpRequest written(ModelRequest request, boolean streamed) {
        ChatRequest asked = conversation.of(request);
        return dialect.complete(
                CurrentCall.requestOf(() -> {
                    if (streamed) {
                        dialect.streaming().chat(asked, UNHEARD);
                    } else {
                        dialect.chat().chat(asked);
                    }
                }),
                request);
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
                    .inputs(texts.stream()
                            .map(SecretDetector.standard()::masked)
                            .toArray(String[]::new))
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

    private VendorCall call(Duration timeout) {
        return client.call(limits(timeout));
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
