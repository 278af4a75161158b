package dev.polyphony.platform.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The handler takes an {@code Idempotency-Key}: what it did once under a key it does not do again. A try that did not end is
 * repeated with the same {@link NewId}, so what the handler creates takes its id from there, and creating it twice changes nothing.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Idempotent {
    /** The member of the answer that holds the id of what was created; empty when nothing is. */
    String created() default "";
}
