@NullMarked
package dev.polyphony.audit.web;

import org.jspecify.annotations.NullMarked;
