package dev.polyphony.providers.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.providers.Capability;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ReplyRecorder;
import dev.polyphony.providers.config.ConfigResolver;
import dev.polyphony.providers.config.ProviderCatalogue;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.config.ProviderLimits;
import dev.polyphony.providers.config.ProviderProperties;
import dev.polyphony.providers.contract.FakeProvider;
import dev.polyphony.providers.contract.ModelRequests;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListedModelProviderTest {
    private Set<String> listed = Set.of("deepseek-v4", "deepseek-v3.2");
    private boolean dropped;
    private final ListedModelProvider provider = new ListedModelProvider(config(), this::make);

    @Test
    void isAskedForTheModelOfTheListAfterItWasRead() {
        assertThat(provider.model()).isEqualTo("unavailable");

        assertThat(provider.models(Duration.ofSeconds(1))).contains(listed);

        assertThat(provider.model()).isEqualTo("deepseek-v4");
    }

    @Test
    void readsTheListWhenItIsAskedBeforeAndAgainWhenTheModelIsDropped() {
        assertThat(provider.reply(ModelRequests.about("Why?")).text()).isNotBlank();
        assertThat(provider.model()).isEqualTo("deepseek-v4");

        dropped = true;
        listed = Set.of("deepseek-v5");
        assertThatThrownBy(() -> provider.reply(ModelRequests.about("Why?")));
        dropped = false;
        assertThat(provider.reply(ModelRequests.about("Why?")).text()).isNotBlank();
        assertThat(provider.model()).isEqualTo("deepseek-v5");
    }

    @Test
    void saysSoWhenTheListHasNone() {
        listed = Set.of("something-else");

        assertThatThrownBy(() -> provider.reply(ModelRequests.about("Why?")))
                .hasMessageContaining("polyphony.providers.deepseek.model");
        assertThat(provider.model()).isEqualTo("unavailable");
    }

    private ModelProvider make(ProviderConfig complete) {
        return new Vendor(complete.model());
    }

    /** One model of a vendor with a list. */
    private final class Vendor implements ModelProvider {
        private final String model;

        Vendor(String model) {
            this.model = model;
        }

        @Override
        public String name() {
            return "deepseek";
        }

        @Override
        public String model() {
            return model;
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public Optional<Set<String>> models(Duration timeout) {
            return Optional.of(listed);
        }

        @Override
        public ModelReply reply(ModelRequest request) {
            if (dropped) {
                throw ProviderProblem.PROVIDER_MODEL_UNKNOWN.because("it is gone");
            }
            return FakeProvider.FINE;
        }

        @Override
        public ModelReply stream(ModelRequest request, ReplyRecorder recorder) {
            return reply(request);
        }
    }

    private static ProviderConfig config() {
        return new ConfigResolver(
                        ProviderCatalogue.load(),
                        name -> name.equals("DEEPSEEK_API_KEY") ? "a-key" : null,
                        ProviderLimits.DEFAULT)
                .resolve("deepseek", ProviderProperties.NONE);
    }
}
