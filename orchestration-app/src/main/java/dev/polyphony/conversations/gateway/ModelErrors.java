package dev.polyphony.conversations.gateway;

import dev.polyphony.platform.openapi.ErrorCase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.HttpStatus;

/** The errors of every handler that asks a model. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such model; list those that there are.")
@ErrorCase(status = HttpStatus.UNPROCESSABLE_CONTENT, when = "The vendor refuses the request; its own words say why.")
@ErrorCase(
        status = HttpStatus.TOO_MANY_REQUESTS,
        when = "A budget or a vendor's limit is used up, or too many requests wait.")
@ErrorCase(
        status = HttpStatus.SERVICE_UNAVAILABLE,
        when = "No provider could answer, or the server has too much to do; try again.")
public @interface ModelErrors {}
