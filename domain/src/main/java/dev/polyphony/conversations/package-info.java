/**
 * Talking with models and agents, whole or streamed. A conversation is the caller's: nothing of it is stored here.
 */
@ApplicationModule(
        allowedDependencies = {
            "platform :: security",
            "shared",
            "agents",
            "budgets",
            "providers",
            "providers :: chat",
            "providers :: management",
            "platform :: web",
            "identity",
            "platform :: errors",
            "platform :: openapi"
        })
@NullMarked
package dev.polyphony.conversations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
