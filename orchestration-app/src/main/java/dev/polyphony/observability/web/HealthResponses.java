package dev.polyphony.observability.web;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the two answers of a handler that reports health: one body, with one of two statuses. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(responseCode = "200", description = "It is well.", useReturnTypeSchema = true)
@ApiResponse(
        responseCode = "503",
        description = "It is not well: the same body, which says what.",
        useReturnTypeSchema = true)
@interface HealthResponses {}
