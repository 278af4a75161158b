package dev.polyphony.providers.automation;

import dev.polyphony.providers.management.ProviderQueries;
import dev.polyphony.providers.management.ProviderTests;
import dev.polyphony.providers.vendor.ListedModelProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Reads the lists of those enabled providers whose model is chosen from them, once the server is ready; nothing waits for it. */
@Component
class ChooseModels {
    private static final Logger LOG = LoggerFactory.getLogger(ChooseModels.class);

    private final ProviderQueries providers;
    private final ProviderTests tests;

    ChooseModels(ProviderQueries providers, ProviderTests tests) {
        this.providers = providers;
        this.tests = tests;
    }

    @EventListener(ApplicationReadyEvent.class)
    void choose() {
        providers.all().stream()
                .filter(view -> view.settings().enabled() && view.model().equals(ListedModelProvider.UNAVAILABLE))
                .forEach(view -> Thread.ofVirtual().name("list-" + view.name()).start(() -> choose(view.name())));
    }

    private void choose(String name) {
        tests.look(name)
                .filter(seen -> !seen.passed())
                .ifPresent(
                        failed -> LOG.warn("the models of provider {} are not known yet: {}", name, failed.reason()));
    }
}
