/** Users over HTTP: what admins do with them, and what they do with themselves. */
@NullMarked
package dev.polyphony.identity.users.web;

import org.jspecify.annotations.NullMarked;
