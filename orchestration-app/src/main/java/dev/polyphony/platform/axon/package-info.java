/** Axon on our event store: buses, serializers, processors. */
@NamedInterface("axon")
@NullMarked
package dev.polyphony.platform.axon;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
