package dev.polyphony.providers.vendor;

import dev.polyphony.providers.Capability;
import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ReplyRecorder;
import dev.polyphony.providers.config.ProviderConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A provider whose model is chosen from its vendor's list, when the list is first read, and anew when the vendor drops the model. */
public final class ListedModelProvider implements ModelProvider {
    /** What its model is called before it is known. */
    public static final String UNAVAILABLE = "unavailable";

    private static final Logger LOG = LoggerFactory.getLogger(ListedModelProvider.class);
    private static final Duration LIST_TIMEOUT = Duration.ofSeconds(10);

    private final ProviderConfig config;
    private final Function<ProviderConfig, ModelProvider> making;
    private final ModelProvider unchosen;
    private final ModelFamilies families;
    private volatile @Nullable ModelProvider chosen;

    /** @param making makes the provider for a configured model */
    public ListedModelProvider(ProviderConfig config, Function<ProviderConfig, ModelProvider> making) {
        this.config = config;
        this.making = making;
        this.unchosen = making.apply(config.withModel(UNAVAILABLE));
        this.families = new ModelFamilies(config.selection().families());
    }

    @Override
    public String name() {
        return config.name();
    }

    @Override
    public String model() {
        ModelProvider current = chosen;
        return current == null ? UNAVAILABLE : current.model();
    }

    @Override
    public Set<Capability> capabilities() {
        return unchosen.capabilities();
    }

    @Override
    public Optional<Set<String>> models(Duration timeout) {
        Optional<Set<String>> listed = unchosen.models(timeout);
        listed.filter(_ -> chosen == null).flatMap(families::best).ifPresent(this::choose);
        return listed;
    }

    private void choose(String model) {
        LOG.info("{} is asked for {}, from its vendor's list; {} names another", name(), model, config.key("model"));
        chosen = making.apply(config.withModel(model));
    }

    @Override
    public ModelReply reply(ModelRequest request) {
        ModelProvider asked = chosenWithin(request.timeout());
        return forgetting(() -> asked.reply(request));
    }

    @Override
    public ModelReply stream(ModelRequest request, ReplyRecorder recorder) {
        ModelProvider asked = chosenWithin(request.timeout());
        return forgetting(() -> asked.stream(request, recorder));
    }

    @Override
    public Embeddings embed(List<String> texts, Duration timeout) {
        return unchosen.embed(texts, timeout);
    }

    private interface Asking {
        ModelReply reply();
    }

    private ModelReply forgetting(Asking asking) {
        try {
            return asking.reply();
        } catch (ProviderFailure failure) {
            if (failure.problem() == ProviderProblem.PROVIDER_MODEL_UNKNOWN) {
                chosen = null;
            }
            throw failure;
        }
    }

    private ModelProvider chosenWithin(Duration timeout) {
        ModelProvider current = chosen;
        if (current != null) {
            return current;
        }
        var _ = models(timeout.compareTo(LIST_TIMEOUT) < 0 ? timeout : LIST_TIMEOUT);
        ModelProvider found = chosen;
        if (found == null) {
            throw ProviderProblem.PROVIDER_MODEL_UNKNOWN.because(
                    "%s lists no model that is known here; set %s".formatted(name(), config.key("model")));
        }
        return found;
    }
}
