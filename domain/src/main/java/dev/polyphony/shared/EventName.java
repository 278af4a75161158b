package dev.polyphony.shared;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name under which an event is stored, audited and sent to webhooks, such as {@code workflow.started}.
 * It is published and never changes; a Java class may be renamed, its event name may not.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventName {
    /** Lower-case words joined by dots and underscores. */
    String value();

    /** Grows by one when the stored form changes; an upcaster then lifts the older form. */
    int revision() default 1;

    /** Whether integrators may subscribe to it by webhook. What is not published never leaves the server. */
    boolean published() default false;
}
