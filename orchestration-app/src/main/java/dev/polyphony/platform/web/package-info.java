/** Requests and replies: ids, JSON, read-your-writes, and the connection of a client. */
@NamedInterface("web")
@NullMarked
package dev.polyphony.platform.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
