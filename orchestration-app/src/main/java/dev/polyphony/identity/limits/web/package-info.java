/** Requests beyond a limit are refused, and every answer says what is left. */
@NullMarked
package dev.polyphony.identity.limits.web;

import org.jspecify.annotations.NullMarked;
