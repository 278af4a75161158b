/** The model that needs no key and no network: it selects sentences and writes none. */
@NullMarked
package dev.polyphony.providers.embedded;

import org.jspecify.annotations.NullMarked;
