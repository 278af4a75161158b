/** What a request may be: how large its body, how it is written, and which parameters and fields it names. */
@NamedInterface("requests")
@NullMarked
package dev.polyphony.platform.requests;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
