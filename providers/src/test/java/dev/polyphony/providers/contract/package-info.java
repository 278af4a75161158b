/** What every provider is tested for. */
@NullMarked
package dev.polyphony.providers.contract;

import org.jspecify.annotations.NullMarked;
