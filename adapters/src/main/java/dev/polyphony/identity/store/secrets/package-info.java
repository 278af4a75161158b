/** What the stores of this context keep secret: encrypted, or as digests under a key of their own. */
@NullMarked
package dev.polyphony.identity.store.secrets;

import org.jspecify.annotations.NullMarked;
