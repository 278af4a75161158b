package dev.polyphony.platform.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the credential has to be good for, beside the role of its holder: {@code <area>:read}, {@code <area>:write} or {@code <area>:admin}.
 * Each is included in the next, and in the one of the same level without an area.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiredScope {
    String value();
}
