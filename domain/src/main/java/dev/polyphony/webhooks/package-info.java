/**
 * Who receives events, and proof that they did. Sees events of other contexts by their name only; nobody uses it.
 */
@ApplicationModule(
        allowedDependencies = {
            "platform :: security",
            "shared",
            "shared :: secrets",
            "eventstore",
            "eventstore :: crypto",
            "db :: webhooks",
            "postgres",
            "outbound",
            "platform :: metrics",
            "identity :: tenants",
            "identity",
            "platform :: openapi",
            "platform :: web"
        })
@NullMarked
package dev.polyphony.webhooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
