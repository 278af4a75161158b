/**
 * Finds instructions that somebody planted in a prompt, before the prompt reaches a model. A caller's own message is refused; text
 * of documents, file names and tools is marked as untrusted.
 */
@NullMarked
package dev.polyphony.providers.guard;

import org.jspecify.annotations.NullMarked;
