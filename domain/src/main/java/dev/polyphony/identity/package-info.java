/** Who calls: tenants, API keys and what a key may do. A key is stored as its hash only. */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "eventstore",
            "db :: identity",
            "platform :: security",
            "platform",
            "platform :: web"
        })
@NullMarked
package dev.polyphony.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
