/** Google's Gemini. */
@NullMarked
package dev.polyphony.providers.gemini;

import org.jspecify.annotations.NullMarked;
