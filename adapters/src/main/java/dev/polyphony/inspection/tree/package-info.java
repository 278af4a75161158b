/**
 * Inspects sources: reads a tree of files, a git repository or a text within limits and reports the facts.
 * Nothing of what is read is ever run, and no link is followed out of it.
 */
@NullMarked
package dev.polyphony.inspection.tree;

import org.jspecify.annotations.NullMarked;
