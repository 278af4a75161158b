/** Signed tokens: made, checked and turned into callers. Nothing that a token says leads to a fetch or a file. */
@NullMarked
package dev.polyphony.identity.jwt;

import org.jspecify.annotations.NullMarked;
