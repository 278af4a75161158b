/** The one HTTP client through which everything outside is called. It checks the address of every connection. */
@NamedInterface("http")
@NullMarked
package dev.polyphony.outbound.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
