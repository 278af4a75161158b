/** People who log in with a name and a password. Their secrets are in no event; what is personal is encrypted and can be erased. */
@NamedInterface("users")
@NullMarked
package dev.polyphony.identity.users;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
