/** Anthropic's messages. */
@NullMarked
package dev.polyphony.providers.anthropic;

import org.jspecify.annotations.NullMarked;
