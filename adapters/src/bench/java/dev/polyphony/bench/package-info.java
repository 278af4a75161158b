/** Measures the history on a real, durable PostgreSQL. Every figure is a ratio or a time from one run on one machine. */
@NullMarked
package dev.polyphony.bench;

import org.jspecify.annotations.NullMarked;
