/**
 * Proof that the history was not tampered with: one check of the chain, for what is stored and for what was exported.
 * docs/history.md has the recipe.
 */
@NullMarked
package dev.polyphony.audit.proof;

import org.jspecify.annotations.NullMarked;
