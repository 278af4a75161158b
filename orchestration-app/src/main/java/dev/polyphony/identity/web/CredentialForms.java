package dev.polyphony.identity.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** The forms that bearer credentials have. */
interface CredentialForms {
    /** @throws org.springframework.security.core.AuthenticationException when they are wrong */
    Authentication authenticate(BearerTokenAuthenticationToken presented, HttpServletRequest request);

    /** Whether it has the form of a signed token: three parts with dots between them. */
    default boolean isSigned(String token) {
        return token.chars().filter(c -> c == '.').count() == 2;
    }
}
