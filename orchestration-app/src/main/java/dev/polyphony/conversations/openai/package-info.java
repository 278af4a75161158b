/** Models and agents for every client that speaks OpenAI's chat completions. */
@NullMarked
package dev.polyphony.conversations.openai;

import org.jspecify.annotations.NullMarked;
