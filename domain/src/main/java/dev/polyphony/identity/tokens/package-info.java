/** Signed tokens: the keys that sign them, the sessions that renew them and the list of those that were revoked. */
@NamedInterface("tokens")
@NullMarked
package dev.polyphony.identity.tokens;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
