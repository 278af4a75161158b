@NullMarked
package dev.polyphony.workflows.web;

import org.jspecify.annotations.NullMarked;
