/** Those who share the server and see nothing of one another, from their creation to their deletion. */
@NamedInterface("tenants")
@NullMarked
package dev.polyphony.identity.tenants;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
