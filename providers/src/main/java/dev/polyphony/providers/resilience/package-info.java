/** What protects one provider and us from it: a circuit breaker, limits, and pauses after it refused us. */
@NullMarked
package dev.polyphony.providers.resilience;

import org.jspecify.annotations.NullMarked;
