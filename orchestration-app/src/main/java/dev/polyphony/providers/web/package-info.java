/** The providers as AMAS's and StateSet's clients see them. */
@NullMarked
package dev.polyphony.providers.web;

import org.jspecify.annotations.NullMarked;
