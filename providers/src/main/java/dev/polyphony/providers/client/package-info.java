/** The one outbound HTTP client, and the rule that decides which addresses it may call. */
@NullMarked
package dev.polyphony.providers.client;

import org.jspecify.annotations.NullMarked;
