/**
 * The facts that code can find in a file. A rule reports only what holds without doubt or says how it was measured;
 * it never quotes a secret.
 */
@NullMarked
package dev.polyphony.inspection.tree.rules;

import org.jspecify.annotations.NullMarked;
