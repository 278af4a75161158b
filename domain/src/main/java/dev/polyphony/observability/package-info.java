/** How the server itself is doing: health now, usage later. Sees other contexts' events by name only. */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "budgets",
            "providers",
            "providers :: chat",
            "eventstore",
            "eventstore :: chain",
            "eventstore :: log",
            "platform :: security"
        })
@NullMarked
package dev.polyphony.observability;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
