package dev.polyphony.identity.jwt;

import dev.polyphony.platform.errors.RefusedToken;
import dev.polyphony.platform.errors.RefusedToken.Reason;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** What can be wrong with a token, as its bearer may know it. */
public enum TokenFault {
    EXPIRED("The token has expired. Get a new one from POST /auth/token or /auth/refresh."),
    ISSUER("The token's issuer is not one whose tokens are taken here."),
    AUDIENCE("The token is meant for somebody else: its audience is not this server."),
    CLAIMS("The token lacks a claim, or has one that cannot be right. It needs sub, iss, aud, iat, exp and jti."),
    REVOKED("The token was revoked. Log in again."),
    INVALID("The token cannot be verified. Get a new one from POST /auth/token.");

    /** In the words of Spring Security, which has no type for it. */
    private static final Set<String> NO_ISSUER = Set.of("Invalid issuer", "Missing issuer");

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

    RefusedToken refusal(@Nullable Throwable cause) {
        Reason reason = switch (this) {
            case EXPIRED -> Reason.EXPIRED;
            case ISSUER -> Reason.ISSUER;
            case AUDIENCE -> Reason.AUDIENCE;
            case CLAIMS, REVOKED, INVALID -> Reason.OTHER;
        };
        return new RefusedToken(sentence, reason, cause);
    }

    /** Of the first check that failed; {@link #INVALID} for whatever was no check of ours. */
    static TokenFault of(InvalidBearerTokenException failure) {
        if (NO_ISSUER.contains(String.valueOf(failure.getMessage()))) {
            return ISSUER;
        }
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
