/** The webhook endpoints of the AMAS API. */
@NullMarked
package dev.polyphony.webhooks.web;

import org.jspecify.annotations.NullMarked;
