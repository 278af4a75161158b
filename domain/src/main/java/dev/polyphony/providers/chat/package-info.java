/**
 * The words of a conversation with a model: messages, tools and how they may be called, sampling, and the form of a reply.
 * They are every vendor's, so that a request can be taken from one provider to the next without loss.
 */
@NamedInterface("chat")
@NullMarked
package dev.polyphony.providers.chat;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
