/** Reads what vendors answer, whole or in pieces, and puts the reply together. Vendors' forms end here. */
@NullMarked
package dev.polyphony.providers.reply;

import org.jspecify.annotations.NullMarked;
