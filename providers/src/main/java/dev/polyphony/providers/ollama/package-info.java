/** Ollama's own interface. */
@NullMarked
package dev.polyphony.providers.ollama;

import org.jspecify.annotations.NullMarked;
