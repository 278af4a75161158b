@NullMarked
package dev.polyphony.observability.web;

import org.jspecify.annotations.NullMarked;
