package dev.polyphony.platform.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.HttpStatus;

/** An error that only this handler has, for the API's description. Those that handlers have by their nature are added to it. */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(ErrorCases.class)
public @interface ErrorCase {
    HttpStatus status();

    /** What it means, in a sentence. */
    String when();
}
