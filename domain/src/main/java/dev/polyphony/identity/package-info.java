/** Who calls: tenants, API keys and what a key may do. Secrets are stored as keyed digests only. */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "eventstore",
            "eventstore :: crypto",
            "platform :: errors",
            "platform :: openapi",
            "db :: identity",
            "platform :: security",
            "platform",
            "platform :: web"
        })
@NullMarked
package dev.polyphony.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
