/**
 * What the APIs for clients of models share: model names, router calls that end when the client disconnects, streaming, and the trace of
 * attempts. Each API only translates its own format.
 */
@NullMarked
package dev.polyphony.conversations.gateway;

import org.jspecify.annotations.NullMarked;
