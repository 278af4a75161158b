package dev.polyphony.providers.contract;

import dev.polyphony.providers.Capability;
import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.chat.ReplyRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** A provider that does what a test wants. */
public final class FakeProvider implements ModelProvider {
    public static final ModelReply FINE =
            new ModelReply("fine", List.of(), "large", FinishReason.STOP, new TokenUsage(31, 7));

    private final String name;
    private final BiFunction<ModelRequest, ReplyListener, ModelReply> answer;
    private final Set<Capability> capabilities;
    private final List<ModelRequest> asked = Collections.synchronizedList(new ArrayList<>());

    public FakeProvider(String name, BiFunction<ModelRequest, ReplyListener, ModelReply> answer) {
        this(name, answer, EnumSet.allOf(Capability.class));
    }

    public FakeProvider(
            String name, BiFunction<ModelRequest, ReplyListener, ModelReply> answer, Set<Capability> capabilities) {
        this.name = name;
        this.answer = answer;
        this.capabilities = capabilities;
    }

    /** The requests in the order in which they came. */
    public List<ModelRequest> asked() {
        return asked;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String model() {
        return name + "-model";
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public ModelReply reply(ModelRequest request) {
        return answered(request, new RecordingListener());
    }

    @Override
    public ModelReply stream(ModelRequest request, ReplyRecorder recorder) {
        return answered(request, recorder);
    }

    private ModelReply answered(ModelRequest request, ReplyListener listener) {
        asked.add(request);
        return answer.apply(request, listener);
    }

    @Override
    public Embeddings embed(List<String> texts, Duration timeout) {
        answered(ModelRequests.about(texts.getFirst()).withTimeout(timeout), new RecordingListener());
        return new Embeddings(List.of(new float[] {1}), "vectors", 12);
    }
}
