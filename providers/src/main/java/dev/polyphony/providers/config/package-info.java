/** What is known of one provider before it is asked: what operators said, the catalogue, and the defaults. */
@NullMarked
package dev.polyphony.providers.config;

import org.jspecify.annotations.NullMarked;
