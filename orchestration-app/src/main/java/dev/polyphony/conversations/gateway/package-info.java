/**
 * What every interface for clients of models has in common: which names stand for whom, asking the router for a client that may go away,
 * streams, and saying who replied. The interfaces themselves only put their own words into ours and back.
 */
@NullMarked
package dev.polyphony.conversations.gateway;

import org.jspecify.annotations.NullMarked;
