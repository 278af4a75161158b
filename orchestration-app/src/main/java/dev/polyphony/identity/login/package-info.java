/** Logging in: passwords, second factors, and what stops those who guess. */
@NullMarked
package dev.polyphony.identity.login;

import org.jspecify.annotations.NullMarked;
