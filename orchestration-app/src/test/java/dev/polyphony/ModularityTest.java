package dev.polyphony;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTest {
    @Test
    void contextsUseEachOtherOnlyAsDeclared() {
        ApplicationModules.of(OrchestrationApp.class, new OwnCode()).verify();
    }
}
