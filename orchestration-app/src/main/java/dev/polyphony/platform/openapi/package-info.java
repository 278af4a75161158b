/**
 * The API's description in OpenAPI. Its texts are the Javadoc of the handlers and records, its limits are those of Bean Validation, and what is
 * nullable is what JSpecify calls so: nothing is said twice.
 */
@NamedInterface("openapi")
@NullMarked
package dev.polyphony.platform.openapi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
