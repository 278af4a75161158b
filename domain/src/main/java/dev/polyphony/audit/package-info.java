/** The history as operators read it: every event, whatever its context, in one form. */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "providers",
            "webhooks",
            "eventstore",
            "eventstore :: axon",
            "eventstore :: chain",
            "eventstore :: checkpoints",
            "eventstore :: log",
            "db :: eventstore",
            "postgres",
            "platform :: security",
            "platform",
            "platform :: metrics",
            "identity",
            "platform :: openapi",
            "platform :: web"
        })
@NullMarked
package dev.polyphony.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
