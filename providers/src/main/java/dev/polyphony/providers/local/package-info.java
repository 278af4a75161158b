/** Models in GGUF files, run in this process by llama.cpp. */
@NullMarked
package dev.polyphony.providers.local;

import org.jspecify.annotations.NullMarked;
