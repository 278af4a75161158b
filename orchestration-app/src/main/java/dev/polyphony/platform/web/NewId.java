package dev.polyphony.platform.web;

import jakarta.servlet.ServletRequest;
import java.util.UUID;

/** The id of what a request creates: the same with each try under one {@code Idempotency-Key}, a random one without. */
public record NewId(UUID value) {
    private static final String ATTRIBUTE = NewId.class.getName();

    /** The request gets this one. */
    public void giveTo(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static NewId of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof NewId given ? given : new NewId(UUID.randomUUID());
    }
}
