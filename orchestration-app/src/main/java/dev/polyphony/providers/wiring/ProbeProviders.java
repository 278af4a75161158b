package dev.polyphony.providers.wiring;

import dev.polyphony.providers.board.ProviderBoard;
import dev.polyphony.providers.board.ProviderCard;
import dev.polyphony.providers.management.ProviderTest;
import dev.polyphony.providers.management.ProviderTests;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Asks the enabled providers on a schedule, so that their status is known before somebody needs them. Vendors only when operators
 * want that: each probe is a call that they bill or count.
 */
@Component
class ProbeProviders {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeProviders.class);
    private static final Set<String> OUR_OWN = Set.of("embedded", "local", "ollama");
    private static final String INTERVAL = "${polyphony.probes.interval}";

    private final ProviderBoard board;
    private final ProviderTests tests;
    private final ProbeSettings settings;

    ProbeProviders(ProviderBoard board, ProviderTests tests, ProbeSettings settings) {
        this.board = board;
        this.tests = tests;
        this.settings = settings;
    }

    /** On threads of their own: the scheduler has one, and the heartbeat of this node runs on it. */
    @Scheduled(fixedDelayString = INTERVAL, initialDelayString = INTERVAL)
    void probe() {
        board.all().stream()
                .filter(card -> card.settings().enabled())
                .filter(card -> settings.vendors() || OUR_OWN.contains(card.kind()))
                .map(ProviderCard::name)
                .forEach(name -> Thread.ofVirtual().name("probe-" + name).start(() -> probe(name)));
    }

    private void probe(String name) {
        ProviderTest test = tests.run(name);
        if (!test.passed()) {
            LOG.warn("provider {} did not pass its probe: {}", name, test.reason());
        }
    }
}
