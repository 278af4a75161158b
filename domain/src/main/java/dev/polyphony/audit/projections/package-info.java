/**
 * What follows the history, read models and automations alike, as operators see and mend it.
 * Everything here is of the whole server and belongs to no tenant.
 */
@NamedInterface("projections")
@NullMarked
package dev.polyphony.audit.projections;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
