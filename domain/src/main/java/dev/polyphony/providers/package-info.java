/**
 * Language models and how they are asked: one port for a model, one for the router that tries them in order.
 * Vendors live in the Maven module of the same name and never show through.
 */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "shared :: secrets",
            "budgets",
            "identity",
            "outbound",
            "outbound :: http",
            "eventstore",
            "platform",
            "platform :: security",
            "platform :: axon",
            "platform :: errors",
            "platform :: metrics",
            "platform :: openapi",
            "platform :: web"
        })
@NullMarked
package dev.polyphony.providers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
