package dev.polyphony.shared;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of an event, or of a record in an event, that holds what is known about a person. It is stored encrypted
 * with the key of the event's {@link DataSubject}; when that key is destroyed, every read shows the erased value instead.
 * Not for maps and other values whose JSON members a caller may name: their plain form could look like an encrypted one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
public @interface Personal {
    /** What an erased text reads as. */
    String ERASED = "[erased]";

    /**
     * The erased value as JSON, such as {@code null} or {@code 0}. A text reads as {@link #ERASED} and a list as empty when
     * nothing is said here; every other type has to say it.
     */
    String erased() default "";
}
