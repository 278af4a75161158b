package dev.polyphony.identity.jwt;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/** What can be wrong with a token, as its bearer may know it. */
public enum TokenFault {
    EXPIRED("The token has expired. Get a new one from POST /auth/token or /auth/refresh."),
    ISSUER("The token's issuer is not one whose tokens are taken here."),
    AUDIENCE("The token is meant for somebody else: its audience is not this server."),
    CLAIMS("The token lacks a claim, or has one that cannot be right. It needs sub, iss, aud, iat, exp and jti."),
    REVOKED("The token was revoked. Log in again."),
    INVALID("The token cannot be verified. Get a new one from POST /auth/token.");

    private final String sentence;

    TokenFault(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    OAuth2Error error() {
        return new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, sentence, null);
    }

    /** Of the first check that failed; {@link #INVALID} for whatever was no check of ours. */
    public static TokenFault of(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JwtValidationException invalid) {
                return invalid.getErrors().stream()
                        .map(OAuth2Error::getDescription)
                        .map(TokenFault::described)
                        .findFirst()
                        .orElse(INVALID);
            }
        }
        return INVALID;
    }

    private static TokenFault described(@Nullable String sentence) {
        return Arrays.stream(values())
                .filter(fault -> fault.sentence.equals(sentence))
                .findFirst()
                .orElse(INVALID);
    }
}
