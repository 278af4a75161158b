/** Models behind any server that speaks OpenAI's chat completions. */
@NullMarked
package dev.polyphony.providers.openai;

import org.jspecify.annotations.NullMarked;
