/** What every context shares in the server: requests, errors, security, Axon and the database. It knows no context. */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "shared :: secrets",
            "eventstore",
            "eventstore :: axon",
            "eventstore :: chain",
            "eventstore :: checkpoints",
            "eventstore :: crypto",
            "eventstore :: log",
            "eventstore :: upcasters",
            "postgres"
        })
@NullMarked
package dev.polyphony.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
