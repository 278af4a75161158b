@NullMarked
package dev.polyphony.privacy.web;

import org.jspecify.annotations.NullMarked;
