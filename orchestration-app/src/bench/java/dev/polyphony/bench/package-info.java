/** Measures how many requests a second the server takes beside others. Every figure is from one run on one machine. */
@NullMarked
package dev.polyphony.bench;

import org.jspecify.annotations.NullMarked;
