/**
 * Durable orchestrations: a run follows a versioned definition step by step, and each step is done by an agent.
 * What a step did is in its event, so a run that moves to another node never pays for a finished step again.
 */
@ApplicationModule(
        allowedDependencies = {
            "platform :: security",
            "shared",
            "agents",
            "inspection",
            "budgets",
            "providers",
            "eventstore",
            "eventstore :: crypto",
            "db :: workflows",
            "postgres",
            "platform :: axon",
            "platform :: database",
            "platform :: web",
            "identity :: tenants",
            "identity",
            "platform :: openapi"
        })
@NullMarked
package dev.polyphony.workflows;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
