/** Models and agents for every client that speaks Ollama's interface. */
@NullMarked
package dev.polyphony.conversations.ollama;

import org.jspecify.annotations.NullMarked;
