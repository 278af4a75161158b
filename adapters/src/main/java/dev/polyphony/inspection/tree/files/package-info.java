/** Where the files come from, and how many of them are read. */
@NullMarked
package dev.polyphony.inspection.tree.files;

import org.jspecify.annotations.NullMarked;
