/**
 * The providers as operators see and change them. What is measured is measured by this node since it started.
 */
@NamedInterface("board")
@NullMarked
package dev.polyphony.providers.board;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
